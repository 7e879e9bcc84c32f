using System.Globalization;

namespace Optimove.Portal.Customers.Import;

/// <summary>What the health gate says of a file.</summary>
public enum HealthVerdict
{
    /// <summary>The file is like those before it.</summary>
    Good,
    /// <summary>Tonight's sends wait until a person decides.</summary>
    Hold,
}

/// <summary>The verdict on a file with a sentence for each thing out of the ordinary; no sentence when it is good.</summary>
public sealed record HealthFinding(HealthVerdict Verdict, IReadOnlyList<string> Sentences);

/// <summary>How far a file may differ from the usual, as shares (0.2 is 20 %).</summary>
public sealed record HealthBand(double FewerRows = 0.20, double MoreRows = 0.50, double FillDrop = 0.15, double RejectShare = 0.05)
{
    public static HealthBand Default { get; } = new();
}

/// <summary>Compares a file with those before it. Usual is the median of the last seven; the sentence names the last one.</summary>
public static class HealthGate
{
    private const int Usual = 7;
    // Files that are added to what is there begin with the whole history, which says nothing of a usual day.
    private const int EnoughAdded = Usual;

    /// <summary>For a file that was refused: the reason holds the night.</summary>
    public static HealthFinding JudgeRefusal(RefusedException refusal) => new(HealthVerdict.Hold, [refusal.Message]);

    /// <param name="earlier">Reports of earlier files of the same kind, newest first.</param>
    public static HealthFinding Judge(ImportReport latest, IReadOnlyList<ImportReport> earlier, HealthBand? band = null)
    {
        band ??= HealthBand.Default;
        var before = earlier.Where(r => r.Kind == latest.Kind).Take(Usual).ToList();
        List<string> sentences = [.. Rows(latest, before, band), .. Rejects(latest, band), .. Columns(latest, before, band), .. Amounts(latest, before)];
        return new(sentences.Count == 0 ? HealthVerdict.Good : HealthVerdict.Hold, sentences);
    }

    /// <summary>How well each column is usually filled, 0 to 1: the median of the reports given, at most the last seven.</summary>
    public static IReadOnlyDictionary<string, double> UsualFill(IReadOnlyList<ImportReport> earlier) =>
        earlier.Take(Usual).SelectMany(r => r.Columns).GroupBy(c => c.Field).ToDictionary(g => g.Key, g => Median(g.Select(c => c.FillRate)));

    private static IEnumerable<string> Rows(ImportReport latest, List<ImportReport> before, HealthBand band)
    {
        var noun = Noun(latest.Kind);
        var now = latest.RowsLoaded + latest.RowsKnown;
        if (now == 0)
            yield return $"The file had no usable {noun}.";
        else if (before.Count >= (latest.Kind is ImportKind.Customers or ImportKind.CustomerApps ? 1 : EnoughAdded))
        {
            var usual = Median(before.Select(r => (double)(r.RowsLoaded + r.RowsKnown)));
            var last = before[0].RowsLoaded + before[0].RowsKnown;
            var change = usual == 0 ? 0 : now / usual - 1;
            var than = Math.Abs(last - usual) <= 0.1 * usual ? $"The file before had {Count(last)} {noun}" : $"Files usually have {Count(usual)} {noun}";
            if (change < -band.FewerRows || change > band.MoreRows)
                yield return $"{than}; this one has {Count(now)}, {Percent(Math.Abs(change))} {(change < 0 ? "fewer" : "more")}.";
        }
    }

    private static IEnumerable<string> Rejects(ImportReport latest, HealthBand band)
    {
        if (latest.RejectShare > band.RejectShare)
        {
            yield return $"{Count(latest.RowsRejected)} of {Count(latest.RowsRead)} rows were rejected, {Percent(latest.RejectShare)}"
                + (latest.Rejects is [var most, ..] ? $". The most frequent reason{(most.Column is null ? "" : $" (column {most.Column})")}: {most.Reason}" : ".");
        }
    }

    private static IEnumerable<string> Columns(ImportReport latest, List<ImportReport> before, HealthBand band)
    {
        foreach (var (field, usual) in UsualFill(before))
        {
            if (latest.Columns.FirstOrDefault(c => c.Field == field) is { } now)
            {
                if (usual - now.FillRate > band.FillDrop)
                    yield return $"The column {field} is usually {Percent(usual)} filled; in this file it is {Percent(now.FillRate)}.";
            }
            else if (before[0].Columns.Any(c => c.Field == field) && usual > band.FillDrop)
                yield return $"The file before had the column {field}; this one does not.";
        }
    }

    private static IEnumerable<string> Amounts(ImportReport latest, List<ImportReport> before)
    {
        if (latest is { AmountSum: <= 0, RowsLoaded: > 0 } && before.Any(r => r.AmountSum > 0))
            yield return $"The amounts in the file add up to {latest.AmountSum.Value.ToString("N2", CultureInfo.InvariantCulture)}; in earlier files the sum was positive.";
    }

    private static string Noun(ImportKind kind) => kind switch
    {
        ImportKind.Customers => "customers",
        ImportKind.Transactions => "transactions",
        ImportKind.CustomerApps => "apps of customers",
        _ => "subscriptions",
    };

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static string Count(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString(share < 0.01 ? "0.##" : "0", CultureInfo.InvariantCulture) + " %";
}
