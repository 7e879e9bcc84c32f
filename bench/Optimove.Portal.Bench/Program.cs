using Optimove.Portal.Bench;

// One line a benchmark: its name and what runs it; each returns false when a limit is broken.
var benches = new Dictionary<string, Func<Task<bool>>>
{
    ["import"] = ImportBench.RunAsync,
    ["groups"] = GroupsBench.RunAsync,
    ["recipients"] = RecipientsBench.RunAsync,
    ["push"] = PushBench.RunAsync,
    ["connectors"] = ConnectorsBench.RunAsync,
    ["pace"] = PaceBench.RunAsync,
    ["events"] = EventsBench.RunAsync,
    ["api-writes"] = ApiWritesBench.RunAsync,
    ["send-details"] = SendDetailsBench.RunAsync,
};
var chosen = args.Length == 0 ? [.. benches.Keys] : args;
if (chosen.Except(benches.Keys).ToList() is { Count: > 0 } unknown)
{
    Console.Error.WriteLine($"There is no benchmark {string.Join(", ", unknown)}. There are: {string.Join(", ", benches.Keys)}.");
    return 2;
}
var held = true;
foreach (var name in chosen)
{
    held &= await benches[name]();
}
return held ? 0 : 1;
