namespace Optimove.Portal.Sending.Lists;

/// <summary>What became of the considered customers; Considered = Excluded + Control + ToSend.</summary>
public readonly record struct ListCounts(int Considered, int Excluded, int Control)
{
    public int ToSend => Considered - Excluded - Control;

    public static ListCounts operator +(ListCounts one, ListCounts other) => new(one.Considered + other.Considered, one.Excluded + other.Excluded, one.Control + other.Control);
}

