namespace Optimove.Portal.Providers.Tests.Testing;

/// <summary>The process dies here; nothing after it is recorded.</summary>
public sealed class ProcessDiedException() : Exception("The process died.");

/// <summary>
/// A ledger in memory that outlives the process which it can kill. Each call of a step passes three moments at which the process may die:
/// before the intent is committed, after that and before the call, after the call and before its answer is committed.
/// </summary>
public sealed class TestLedger : ILedger
{
    private readonly Lock _lock = new();
    private readonly List<LedgerStep> _steps = [];
    private int _moments;
    private int? _diesAt;
    private bool _isDead;

    /// <summary>Moments passed since the process started.</summary>
    public int Moments { get { lock (_lock) return _moments; } }

    public IReadOnlyList<LedgerStep> Steps { get { lock (_lock) return [.. _steps]; } }

    public IEnumerable<Rejection> Rejections => Steps.SelectMany(step => step.Answer?.Rejections ?? []);

    /// <summary>Lets the process die at the n-th moment from now; 1 is the next.</summary>
    public void DieAt(int moment)
    {
        lock (_lock)
            (_moments, _diesAt) = (0, moment);
    }

    /// <summary>A new process starts: what was in flight is unknown.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            (_isDead, _diesAt, _moments) = (false, null, 0);
            foreach (var step in _steps.Where(step => step.State == StepState.InFlight).ToList())
                Put(step with { State = StepState.Unknown });
        }
    }

    public Task<IReadOnlyList<LedgerStep>> ReadAsync(CancellationToken cancellation) => Task.FromResult(Steps);

    public async Task<StepAnswer> RunAsync(string step, int? chunk, Func<CancellationToken, Task<StepAnswer>> call, CancellationToken cancellation)
    {
        if (Begin(step, chunk) is { } recorded)
            return recorded;
        try
        {
            var answer = await call(cancellation);
            Commit(step, chunk, StepState.Accepted, answer, null);
            return answer;
        }
        catch (ProviderException refused)
        {
            Commit(step, chunk, refused.Fault == ProviderFault.UnknownOutcome ? StepState.Unknown : StepState.Refused, null, refused.Message);
            throw;
        }
    }

    public Task SettleAsync(string step, StepAnswer? answer, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var unknown = _steps.Single(s => s.Name == step);
            Assert.Equal(StepState.Unknown, unknown.State);
            Put(unknown with { State = answer is null ? StepState.Planned : StepState.Accepted, Answer = answer });
        }
        return Task.CompletedTask;
    }

    public Task CancelledAsync(string step, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var accepted = _steps.Single(s => s.Name == step);
            Assert.Equal(StepState.Accepted, accepted.State);
            Put(accepted with { State = StepState.Cancelled });
        }
        return Task.CompletedTask;
    }

    private StepAnswer? Begin(string name, int? chunk)
    {
        lock (_lock)
        {
            var step = _steps.FirstOrDefault(s => s.Name == name);
            if (step is { State: StepState.Accepted })
                return step.Answer;
            if (step is { State: StepState.Unknown })
                throw new ProviderException(ProviderFault.UnknownOutcome, $"It is not known whether {name} was done.");
            Assert.NotEqual(StepState.InFlight, step?.State);
            Pass();
            Put(new LedgerStep(name, chunk, StepState.InFlight, null, null));
            Pass();
            return null;
        }
    }

    private void Commit(string name, int? chunk, StepState state, StepAnswer? answer, string? sentence)
    {
        lock (_lock)
        {
            Pass();
            Put(new LedgerStep(name, chunk, state, answer, sentence));
        }
    }

    private void Pass()
    {
        _isDead |= ++_moments == _diesAt;
        if (_isDead)
            throw new ProcessDiedException();
    }

    private void Put(LedgerStep step)
    {
        var at = _steps.FindIndex(s => s.Name == step.Name);
        if (at < 0)
            _steps.Add(step);
        else
            _steps[at] = step;
    }
}
