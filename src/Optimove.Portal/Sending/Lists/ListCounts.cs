namespace Optimove.Portal.Sending.Lists;

/// <summary>What became of the considered customers; Considered = Excluded + Control + ToSend.</summary>
public readonly record struct ListCounts(int Considered, int Excluded, int Control)
{
    public int ToSend => Considered - Excluded - Control;
}

