using Optimove.Portal.Ui.Icons;

namespace Optimove.Portal.Ui.Badges;

/// <summary>What a colour means. Never shown without an icon and a word.</summary>
public enum Tone
{
    /// <summary>Nothing to do: planned, waiting, over.</summary>
    Idle,
    /// <summary>Running now.</summary>
    Busy,
    Good,
    /// <summary>Somebody should look.</summary>
    Warn,
    /// <summary>Somebody must act.</summary>
    Bad,
}

public static class ToneLook
{
    /// <summary>The class name of a tone, as app.css spells it.</summary>
    public static string Css(this Tone tone) => tone switch
    {
        Tone.Good => "good", Tone.Warn => "warn", Tone.Bad => "bad", Tone.Busy => "busy", _ => "idle",
    };

    /// <summary>The icon of a tone where no better one is at hand.</summary>
    public static Glyph Glyph(this Tone tone) => tone switch
    {
        Tone.Good => Icons.Glyph.TickCircle, Tone.Warn => Icons.Glyph.Warn, Tone.Bad => Icons.Glyph.XCircle, Tone.Busy => Icons.Glyph.Info, _ => Icons.Glyph.Clock,
    };
}
