using System.Collections.Concurrent;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Sending.DryRun;

/// <summary>The ledger of a dry run, in memory. It knows beside the steps which call carried how many people.</summary>
internal sealed class DryLedger : ILedger
{
    private readonly Lock _lock = new();
    private readonly List<Step> _steps = [];
    private readonly Dictionary<string, Step> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _answers = new();
    private readonly ConcurrentDictionary<int, int> _chunks = new();
    private readonly AsyncLocal<Step?> _current = new();
    private int? _everybody;
    private int _pulled, _settled;

    /// <summary>Told after each step of how many people it is known by now what became of them.</summary>
    public Action<int>? Changed { get; init; }

    /// <summary>Makes the size of a chunk known before it is handed over.</summary>
    public void Carry(RecipientChunk chunk)
    {
        _chunks[chunk.Number] = chunk.Recipients.Count;
        Interlocked.Add(ref _pulled, chunk.Recipients.Count);
    }

    /// <summary>One step carries everybody.</summary>
    public void CarryAll(int recipients) => _everybody = recipients;

    /// <summary>Ends when the chunk's call has, well or not.</summary>
    public Task AnsweredAsync(int chunk, CancellationToken cancellation) => Answer(chunk).Task.WaitAsync(cancellation);

    /// <summary>People in all calls so far.</summary>
    public int Carried { get; private set; }

    /// <summary>Notes a call that is made within the step under way.</summary>
    public void Note(RecordedCall call)
    {
        if (_current.Value is not { } step) return;
        call.Step = step.Name;
        lock (_lock) step.Calls.Add(call);
    }

    public Handed Count()
    {
        lock (_lock)
        {
            var people = _steps.Where(s => s.Chunk is not null).ToLookup(s => s.State, s => (s.People, Rejected: s.Answer?.Rejections?.Count ?? 0));
            var (accepted, rejected) = (people[StepState.Accepted].Sum(s => s.People), people[StepState.Accepted].Sum(s => s.Rejected));
            return new(accepted - rejected, rejected, people[StepState.Unknown].Sum(s => s.People) + people[StepState.InFlight].Sum(s => s.People));
        }
    }

    public IReadOnlyList<Rejection> Rejections()
    {
        lock (_lock) return [.. _steps.Where(s => s is { Chunk: not null, State: StepState.Accepted }).SelectMany(s => s.Answer?.Rejections ?? [])];
    }

    public Task<IReadOnlyList<LedgerStep>> ReadAsync(CancellationToken cancellation)
    {
        lock (_lock) return Task.FromResult<IReadOnlyList<LedgerStep>>([.. _steps.Select(s => new LedgerStep(s.Name, s.Chunk, s.State, s.Answer, s.Sentence))]);
    }

    public async Task<StepAnswer> RunAsync(string step, int? chunk, Func<CancellationToken, Task<StepAnswer>> call, CancellationToken cancellation)
    {
        var (entry, before) = Begin(step, chunk);
        if (before == StepState.Accepted) return entry.Answer!;
        if (before is not null) throw new ProviderException(ProviderFault.UnknownOutcome, entry.Sentence ?? "It is not known whether this call took effect.");
        _current.Value = entry;
        var pulled = Volatile.Read(ref _pulled);
        try
        {
            var answer = await call(cancellation);
            End(entry, StepState.Accepted, answer, null, Volatile.Read(ref _pulled) - pulled);
            return answer;
        }
        catch (ProviderException e)
        {
            End(entry, e.Fault == ProviderFault.UnknownOutcome ? StepState.Unknown : StepState.Refused, null, e.Message, Volatile.Read(ref _pulled) - pulled);
            throw;
        }
        finally
        {
            if (chunk is { } number) Answer(number).TrySetResult();
        }
    }

    public Task SettleAsync(string step, StepAnswer? answer, CancellationToken cancellation)
    {
        lock (_lock)
            if (_byName.TryGetValue(step, out var entry)) (entry.State, entry.Answer) = (answer is null ? StepState.Planned : StepState.Accepted, answer);
        return Task.CompletedTask;
    }

    public Task CancelledAsync(string step, CancellationToken cancellation)
    {
        lock (_lock)
            if (_byName.TryGetValue(step, out var entry)) entry.State = StepState.Cancelled;
        return Task.CompletedTask;
    }

    // The state before is null when the call is to be made now.
    private (Step Entry, StepState? Before) Begin(string name, int? chunk)
    {
        lock (_lock)
        {
            if (_byName.TryGetValue(name, out var entry) && entry is { State: not (StepState.Planned or StepState.Refused) }) return (entry, entry.State);
            if (entry is null) _steps.Add(_byName[name] = entry = new Step { Name = name, Chunk = chunk });
            (entry.State, entry.People) = (StepState.InFlight, chunk is { } n ? _everybody ?? _chunks.GetValueOrDefault(n) : 0);
            return (entry, null);
        }
    }

    // A list that goes as one file is carried by the call during which it was read.
    private void End(Step entry, StepState state, StepAnswer? answer, string? sentence, int pulled)
    {
        lock (_lock)
        {
            (entry.State, entry.Answer, entry.Sentence) = (state, answer, sentence);
            if (entry.Calls.Where(c => c.Method != "GET").MaxBy(c => c.Size) is { } carrier) Carried += carrier.People = _everybody is null ? entry.People : pulled;
            entry.Calls.Clear();
            if (state is StepState.Accepted or StepState.Unknown) _settled += entry.People;
        }
        Changed?.Invoke(_settled);
    }

    private TaskCompletionSource Answer(int chunk) => _answers.GetOrAdd(chunk, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private sealed class Step
    {
        public required string Name { get; init; }
        public required int? Chunk { get; init; }
        public StepState State { get; set; }
        public int People { get; set; }
        public StepAnswer? Answer { get; set; }
        public string? Sentence { get; set; }
        public List<RecordedCall> Calls { get; } = [];
    }
}

/// <summary>What has become of the people of a list so far.</summary>
internal readonly record struct Handed(int Accepted, int Rejected, int Unknown);
