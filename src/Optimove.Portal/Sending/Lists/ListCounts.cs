namespace Optimove.Portal.Sending.Lists;

/// <summary>What became of the considered customers; Considered = Excluded + Control + ToSend.</summary>
public readonly record struct ListCounts(int Considered, int Excluded, int Control)
{
    public int ToSend => Considered - Excluded - Control;
}

/// <summary>Why a customer is excluded, as it is stored and shown.</summary>
public static class Exclusion
{
    public const string NoAddress = "no e-mail address";
    public const string BadAddress = "e-mail address is not valid";
    public const string OptedOut = "opted out of e-mail";
    public const string SameMailbox = "same mailbox as another customer";
}
