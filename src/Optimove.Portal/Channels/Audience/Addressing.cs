using Optimove.Portal.Providers;
using Optimove.Portal.Targeting.Sql;

namespace Optimove.Portal.Channels.Audience;

/// <summary>How a connection reaches the client's customers: by which column, on which channel, among the users of which apps; and what to call it.</summary>
/// <param name="Column">A checked and quoted column of the customers table.</param>
/// <param name="Field">Its real field name.</param>
/// <param name="Identity">In words: "e-mail address", "Contact Key".</param>
/// <param name="IsEmail">Then spelling does not matter, and the address has to look like one.</param>
/// <param name="Apps">Only users of one of these apps are recipients; null: no such limit.</param>
/// <param name="ScopeNoun">What the apps belong to: "app group".</param>
public sealed record Addressing(string Column, string Field, Channel Channel, string Identity, bool IsEmail, IReadOnlyList<string>? Apps = null, string? ScopeNoun = null)
{
    /// <summary>Recipients in one part of the hand-over.</summary>
    public int ChunkSize { get; init; } = int.MaxValue;

    /// <summary>Reasons for leaving a customer out, as they are stored and shown.</summary>
    public string NoAddress => $"no {Identity}";
    public string BadAddress => $"{Identity} is not valid";
    public string OptedOut => OptedOutOf(Channel, ChannelName);
    public string SameAddress => IsEmail ? "same mailbox as another customer" : $"same {Identity} as another customer";
    public string NoApp => $"uses no app of the {ScopeNoun ?? "campaign"}";

    /// <summary>What the client calls the channel.</summary>
    public string ChannelName { get; init; } = "";

    /// <summary>Why somebody is left out who does not want messages: e-mail, push and text messages share a preference, any other channel has its own.</summary>
    public static string OptedOutOf(Channel kind, string name) => kind switch
    {
        Channel.Email => "opted out of e-mail",
        Channel.Push => "opted out of push messages",
        Channel.Sms => "opted out of text messages",
        _ => $"opted out of {name}",
    };

    /// <summary>As preferences name the channel.</summary>
    public string ChannelKey { get; init; } = Channel.ToString().ToLowerInvariant();

    /// <summary>When customer <c>c</c> uses none of the apps, as SQL, with the values that the whole statement then needs.</summary>
    public (string Sql, IReadOnlyList<SqlParameter> Parameters) HasNoApp(IReadOnlyList<SqlParameter> ruleParameters)
    {
        if (Apps is null) return ("false", ruleParameters);
        var position = ruleParameters.Select(p => p.Position).DefaultIfEmpty(0).Max() + 1;
        return ($"not exists (select from customer_apps x where x.customer_id = c.customer_id and x.app_id = any(${position}))", [.. ruleParameters, new(position, Apps.ToArray())]);
    }

    /// <summary>Whether two customers can have the same; a customer id is one's own.</summary>
    public bool CanBeShared => Field != "customer_id";
}
