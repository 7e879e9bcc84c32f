using Optimove.Portal.Providers;

namespace Optimove.Portal.Ui.States;

/// <summary>What a person reads when something could not be shown. A refusal has no reference: nothing is broken.</summary>
public sealed record Failure(string Title, string Sentence, string? Reference)
{
    /// <summary>A refusal in its own sentence, the outside's no with how long it was tried, anything else without its inner words.</summary>
    public static Failure Of(Exception exception, string subject, TimeSpan tried, string stillStands) => exception switch
    {
        RefusedException refused => new(refused.Message, stillStands, null),
        ProviderException outside => new(outside.Message, $"Tried for {Format.Duration(tried)}. {stillStands}", States.Reference.New()),
        TimeoutException => new($"{subject} took too long to read", $"Tried for {Format.Duration(tried)}. {stillStands}", States.Reference.New()),
        _ => new($"{subject} could not be read", $"Tried for {Format.Duration(tried)}. {stillStands}", States.Reference.New()),
    };
}
