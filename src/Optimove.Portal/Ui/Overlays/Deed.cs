namespace Optimove.Portal.Ui.Overlays;

/// <summary>Something to be confirmed: a question with the thing's name, the consequence in numbers, and a button that says the deed.</summary>
public sealed record Deed(string Question, string Consequence, string Verb)
{
    /// <summary>The way out, said as what stays: "Keep it".</summary>
    public string Keep { get; init; } = "Keep it";
    /// <summary>Whether something is taken away that cannot be brought back.</summary>
    public bool Red { get; init; } = true;
    /// <summary>Asks for a reason, which goes into the audit log.</summary>
    public bool AsksWhy { get; init; }
    public string WhyExample { get; init; } = "";
    /// <summary>To be typed before the button works, for the few deeds that nothing brings back.</summary>
    public string? TypeToConfirm { get; init; }
}

/// <summary>A deed that was confirmed, with the reason if one was asked for.</summary>
public sealed record Confirmed(string? Why);
