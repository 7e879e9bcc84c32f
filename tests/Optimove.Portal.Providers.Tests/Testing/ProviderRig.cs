using Microsoft.Extensions.DependencyInjection;

namespace Optimove.Portal.Providers.Tests.Testing;

/// <summary>A provider against its twin over HTTP, and what a contract test needs to steer and see of the twin.</summary>
public abstract class ProviderRig : IAsyncDisposable
{
    private readonly List<ServiceProvider> _services = [];
    private readonly string _name;
    private int _orders;

    protected ProviderRig(string provider, ShiftedClock clock)
    {
        (_name, Clock) = (provider, clock);
        Provider = Create(_ => { });
    }

    public ShiftedClock Clock { get; }
    public IProvider Provider { get; }
    public abstract ProviderConnection Connection { get; }

    /// <summary>A connection whose credentials were taken back.</summary>
    public abstract ProviderConnection Revoked { get; }

    public abstract string Template { get; }

    /// <summary>Id of the templates' scope, where the provider has scopes.</summary>
    public virtual string? Scope => null;

    /// <summary>Listed, and not to be sent.</summary>
    public abstract string UnusableTemplate { get; }

    /// <summary>Where the provider cannot say afterwards if a call took effect, a lost answer stays unknown for a person.</summary>
    public bool CanBeAsked => Provider.Info.CanBeAsked;

    /// <summary>Whether what was handed over can be taken back before it goes out.</summary>
    public virtual bool CanTakeBack => true;

    /// <summary>Whether the provider names the people whom it does not know.</summary>
    public virtual bool NamesUnknown => true;

    /// <summary>Whether the figures go on growing after the send.</summary>
    public virtual bool FiguresGrow => true;

    /// <summary>Calls at once that the provider allows one account.</summary>
    public abstract int MostAtOnce { get; }
    public abstract int PeakAtOnce { get; }

    /// <summary>A name for each call of a push that changes something, in its order, one a step.</summary>
    public abstract IReadOnlyList<string> WritesOfAPush(int chunks);

    /// <summary>The n-th call of that name takes effect and is not answered.</summary>
    public abstract void LoseAnswer(string write, int call);
    public abstract void RefuseForLoad(int calls, bool withReason);
    public abstract void ClearFaults();

    /// <summary>Lets each call of a push take a while, where the twin is too quick for calls to meet.</summary>
    public virtual void AnswerSlowly() { }

    /// <summary>People whom the provider can reach, and one whom it does not know.</summary>
    public abstract IReadOnlyList<string> Reachable(int count);
    public abstract string Unknown { get; }

    /// <summary>What the client's data is said to hold.</summary>
    public virtual DataFacts Data => new(1000, "email", 990, new Dictionary<string, long>(), new HashSet<string> { "email" }, Clock.GetUtcNow().AddHours(-6));

    /// <summary>The address of each message that is going out or went out for an order, one entry a message.</summary>
    public abstract Task<IReadOnlyList<string>> MessagesOfAsync(SendOrder order);

    /// <summary>Objects that the provider still keeps for an order.</summary>
    public abstract Task<int> LeftoversOfAsync(SendOrder order);

    /// <summary>Moves the clock until the order is being sent, or was sent.</summary>
    public void AdvanceInto(SendOrder order) => Clock.Advance(order.SendAt - Clock.GetUtcNow() + TimeSpan.FromSeconds(1));
    public void AdvancePast(SendOrder order) => Clock.Advance(order.SendAt - Clock.GetUtcNow() + TimeSpan.FromHours(1));

    public virtual SendOrder Order(int recipients, string? template = null) => new()
    {
        DispatchId = $"opt-{++_orders}-email-20260301",
        TemplateId = template ?? Template,
        ScopeId = Scope,
        Subject = "Spring is here",
        SendAt = NextSlot(),
        CreatedAt = Clock.GetUtcNow(),
        Recipients = recipients,
    };

    /// <summary>The recipients in chunks of the provider's size.</summary>
    public async IAsyncEnumerable<RecipientChunk> Chunks(IReadOnlyList<string> addresses)
    {
        var number = 0;
        foreach (var chunk in addresses.Chunk(Provider.Info.ChunkSize))
        {
            await Task.Yield();
            number = Provider.Info.WholeList ? 1 : number + 1;
            yield return new RecipientChunk(number, [.. chunk.Select(address => new Recipient($"C-{address}", address))]);
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var services in _services)
            await services.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The provider as the product makes it, with some options different.</summary>
    public IProvider Create(Action<ProviderOptions> configure)
    {
        _services.Add(new ServiceCollection().AddSingleton<TimeProvider>(Clock).AddProviders(options => { Configure(options); configure(options); }).BuildServiceProvider());
        return _services[^1].GetRequiredService<ProviderCatalog>()[_name];
    }

    private static void Configure(ProviderOptions options)
    {
        options.AllowLoopback = true;
        options.RetryDelay = TimeSpan.FromMilliseconds(5);
        options.LongestRetryDelay = TimeSpan.FromMilliseconds(200);
        options.PollDelay = TimeSpan.FromMilliseconds(10);
        options.ReadyWithin = TimeSpan.FromSeconds(10);
    }

    private DateTimeOffset NextSlot()
    {
        var grid = TimeSpan.FromMinutes(Provider.Info.SendGridMinutes).Ticks;
        return new DateTimeOffset((Clock.GetUtcNow().UtcTicks / grid + 4) * grid, TimeSpan.Zero);
    }
}
