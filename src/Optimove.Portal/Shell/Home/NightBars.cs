using Optimove.Portal.Campaigns;
using Optimove.Portal.Customers;
using Optimove.Portal.Sending.Nights;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Shell.Home;

public enum NightTone { Done, Running, NoAnswer }

/// <summary>One stretch of the night's work.</summary>
public sealed record NightBar(string Name, DateTimeOffset From, DateTimeOffset To, NightTone Tone, string Label);

/// <summary>Lays the last night out as bars, from what was recorded of it.</summary>
public static class NightBars
{
    public static IReadOnlyList<NightBar> Of(LastNight last, DateTimeOffset now)
    {
        var night = last.Night;
        var bars = new List<NightBar> { Part("Import", night.StartedAt, night.ImportedAt, now, Import(last.Import, night)) };
        if (night.ImportedAt is { } imported) bars.Add(Part("Target groups", imported, night.GroupsAt, now, $"{Format.Count(night.GroupsCounted, "group")} counted"));
        if (night.GroupsAt is { } counted) bars.Add(Part("Connections", counted, night.TemplatesAt, now, "templates and checks"));
        if (last.Lists.Count > 0) bars.Add(Lists(last.Lists));
        bars.AddRange(last.Lists.Where(l => l.Occurrence.PushStartedAt is not null).GroupBy(l => l.Connection).OrderBy(g => g.Key).Select(g => Push(g.Key, [.. g.Select(l => l.Occurrence)], now)));
        return bars;
    }

    private static NightBar Part(string name, DateTimeOffset from, DateTimeOffset? to, DateTimeOffset now, string label) =>
        new(name, from, to ?? Later(from, now), to is null ? NightTone.Running : NightTone.Done, to is { } end ? $"{label}, took {Format.Duration(end - from)}" : "running");

    private static string Import(ImportRun? run, Night night) => run switch
    {
        null when night.State == NightState.Held => "no customer file came; the night is held",
        null => "no new customer file",
        { State: ImportState.Refused or ImportState.Failed } => $"{run.FileName} was not used",
        _ => $"{Format.Count(run.RowsLoaded, "customer")}, {Format.Count(run.RowsRejected, "row")} rejected",
    };

    private static NightBar Lists(IReadOnlyList<TodayLine> lists)
    {
        var made = lists.Select(l => l.Occurrence).ToList();
        return new("Lists", made.Min(o => o.ListedAt!.Value), made.Max(o => o.ListedAt!.Value), NightTone.Done,
            $"{Format.Count(made.Count, "list")}, {Format.Number(made.Sum(o => (long)o.Considered))} considered, {Format.Number(TodaySums.Of(made).Unexplained)} unexplained");
    }

    private static NightBar Push(string connection, IReadOnlyList<Occurrence> pushed, DateTimeOffset now)
    {
        var (accepted, rejected, unknown) = (pushed.Sum(o => (long)o.Accepted), pushed.Sum(o => (long)o.Rejected), pushed.Sum(o => (long)o.Unknown));
        var running = pushed.Any(o => o.HandedOverAt is null && o.State == OccurrenceState.Pushing);
        var from = pushed.Min(o => o.PushStartedAt!.Value);
        var to = running ? Later(from, now) : pushed.Max(o => o.HandedOverAt ?? o.PushStartedAt!.Value);
        var label = running
            ? $"{Format.Number(accepted + rejected)} of {Format.Number(pushed.Sum(o => (long)o.ToSend))}"
            : $"{Format.Number(accepted)} accepted, {Format.Number(rejected)} rejected{(unknown > 0 ? $", {Format.Number(unknown)} without an answer" : "")}";
        return new($"Push: {connection}", from, to, running ? NightTone.Running : unknown > 0 ? NightTone.NoAnswer : NightTone.Done, label);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
