namespace Optimove.Portal.Providers.MobilePush;

/// <summary>Says what a cancelled order comes to. MobilePush takes nothing back, so what was not handed over yet simply stays here, and the rest goes out.</summary>
internal static class MobilePushCancel
{
    public static CancelResult Of(SendOrder order, IReadOnlyList<LedgerStep> steps, DateTimeOffset now)
    {
        var (accepted, lost) = (steps.TokenIds().Count, steps.Lost());
        if (accepted + lost == 0)
            return new(CancelState.NothingToCancel, "Nothing of this campaign was handed over to MobilePush. Nobody gets it.");
        var what = (accepted, lost) switch
        {
            ( > 0, > 0) => $"{MobilePushSteps.Parts(accepted)} of the list had been handed over to MobilePush, and {MobilePushSteps.Parts(lost)} may have been.",
            ( > 0, _) => $"{MobilePushSteps.Parts(accepted)} of the list had been handed over to MobilePush.",
            _ => $"{MobilePushSteps.Parts(lost)} of the list may have been handed over to MobilePush.",
        };
        return order.SendAt <= now
            ? new(CancelState.TooLate, $"{what} The send time has passed, so these people have it or get it now. Nothing more is handed over.")
            : new(CancelState.NeedsPerson, $"{what} MobilePush takes nothing back. Nothing more is handed over. {MobilePushAssumptions.StopByHand(order.SendAt)}");
    }
}
