using Optimove.Portal.Campaigns;
using Optimove.Portal.Sending.Nights;
using Optimove.Portal.Ui.Badges;
using Optimove.Portal.Ui.Icons;

namespace Optimove.Portal.Shell.Home;

/// <summary>Something that waits for a person: what happened and to how many, who acts by when, and what happens otherwise.</summary>
/// <param name="By">After this it is too late; null where nothing runs out.</param>
public sealed record Need(Tone Tone, Glyph Glyph, string What, string Else, DateTimeOffset? By)
{
    /// <summary>The occurrence that is decided on in place.</summary>
    public Occurrence? Occurrence { get; init; }
    public int GridMinutes { get; init; } = 1;
    /// <summary>The held night that is decided on in place.</summary>
    public Night? Night { get; init; }
    /// <summary>Where it is decided otherwise, with the deed's words.</summary>
    public (string Deed, string Address)? Go { get; init; }
}
