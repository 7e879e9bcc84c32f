using Optimove.Portal.Analysis.Figures;
using Optimove.Portal.Statistics;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Analysis.Report;

/// <summary>The sentences under a verdict: who bought more, and the sum with its tests.</summary>
public static class Proof
{
    /// <summary>"456 more customers bought than would have without it (95 %: 150 to 737)."; null when a group is empty.</summary>
    public static string? Responders(Finding result)
    {
        if (result.Figures.RateInterval is not { } rates || result.Verdict.Kind == VerdictKind.NoVerdict) return null;
        var range = rates.Times(result.Figures.Test.Customers);
        var extra = result.Figures.ExtraResponders;
        var people = Format.Count((long)Math.Round(Math.Abs(extra)), extra < 0 ? "customer fewer" : "more customer", extra < 0 ? "customers fewer" : "more customers");
        return $"{(result.IsClosed ? "" : "So far ")}{people} bought than would have without it (95\u00A0%: {Format.Number(range.Lower)} to {Format.Number(range.Upper)}).";
    }

    /// <summary>The sum in full: "36,512 test × (€4.4306 − €3.5538) = €32,012. Welch t = 3.07, …". The tests are held back while the window is open.</summary>
    public static string Formula(Finding result)
    {
        var (f, unit) = (result.Figures, result.Unit);
        var sum = $"{Format.Number(f.Test.Customers)} test × ({unit.Exact(f.Test.PerCustomer)} − {unit.Exact(f.Control.PerCustomer)}) = {unit.Total(f.Increase)}.";
        return $"{sum} {Tests(result)} Everyone assigned counts, opened or not.";
    }

    /// <summary>What the size of the groups could prove: the smallest increase for the control there was, and the control that the increase seen would take.</summary>
    public static string Enough(Result result)
    {
        var (test, control, unit) = (result.Measured.Test, result.Measured.Control, result.Unit);
        var pooled = test + control;
        if (control.Customers < 2 || test.Customers < 2 || pooled.Variance <= 0) return "Test and control together are everybody assigned; the excluded are not counted.";
        var deviation = Math.Sqrt(pooled.Variance);
        var smallest = Power.SmallestDifference(deviation, test.Customers, control.Customers)!.Value * test.Customers;
        var text = $"With groups of this size an increase of {unit.Total(smallest)} would be proven four times in five.";
        var seen = test.PerCustomer - control.PerCustomer;
        if (result.Verdict.Kind != VerdictKind.NotProven || seen <= 0 || !result.IsClosed) return text;
        var needed = Power.ControlForMeans(deviation, seen, (double)test.Customers / control.Customers);
        return $"{text} For a difference like the one seen it takes about {Format.Number(needed)} in the control; it had {Format.Number(control.Customers)}.";
    }

    private static string Tests(Finding result)
    {
        if (!result.IsClosed) return "The tests hold at the close of the window, not at every look, so their p is not shown before.";
        if (result.Verdict.Kind == VerdictKind.NoVerdict) return "No test is read, because the groups cannot be compared.";
        var value = result.Figures.ValueTest is { } w ? $"Welch t = {Format.Number(w.T, 2)}, df = {Format.Number(w.DegreesOfFreedom)}, p {Format.Probability(w.P)}." : "";
        var rate = result.Figures.RateTest switch
        {
            { Z: { } z, P: var p } => $"Response rate: z = {Format.Number(z, 2)}, p {Format.Probability(p)}.",
            { P: var p } => $"Response rate: Fisher's exact p {Format.Probability(p)}.",
            _ => "",
        };
        return $"{value} {rate}".Trim();
    }
}
