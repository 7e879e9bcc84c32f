using System.Globalization;
using Optimove.Portal.Twins.MobilePush.Access;
using Optimove.Portal.Twins.MobilePush.Catalog;
using Optimove.Portal.Twins.MobilePush.Sends;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MobilePush;

/// <summary>The credentials of an installed package.</summary>
public sealed record PushClient(string Id, string Secret);

/// <summary>An account at the Marketing Cloud twin: its business units, apps, messages, contacts and sends, and which of the provider's habits it shows. Safe to use while calls come in.</summary>
public sealed partial class MobilePushAccount
{
    private readonly TimeProvider _clock;
    private readonly Action _changed;
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PushSend> _byToken = new(StringComparer.Ordinal);
    private int _inService;
    private int _peakInService;

    internal MobilePushAccount(string name, PushClient client, string mid, TimeProvider clock, Action changed)
    {
        (Name, Client, Mid, _clock, _changed) = (name, client, mid, clock, changed);
        Units[mid] = name;
    }

    public string Name { get; }
    public PushClient Client { get; }
    /// <summary>The account's own business unit.</summary>
    public string Mid { get; }

    /// <summary>The permissions of the installed package.</summary>
    public SortedSet<string> Scopes { get; } = new(StringComparer.Ordinal) { "push_read", "push_send", "push_write" };
    public TimeSpan SessionsLive { get; set; } = TimeSpan.FromSeconds(1079);
    /// <summary>From the beginning of a send to its end.</summary>
    public TimeSpan SendingTakes { get; set; } = TimeSpan.FromMinutes(1);
    /// <summary>Lets nobody in from the address that calls, whatever the credentials (assumed: 403).</summary>
    public bool RefusesAddresses { get; set; }
    /// <summary>Deleting a message or making it inactive stops what has not begun (assumed).</summary>
    public bool StopsWithMessage { get; set; } = true;
    /// <summary>Names another REST address with each token; null names the twin's own.</summary>
    public string? RestAddress { get; set; }

    public FaultSwitches Faults { get; } = new();
    public CallLog Log { get; } = new();
    /// <summary>The most calls that were ever in service at once.</summary>
    public int PeakConcurrency => Volatile.Read(ref _peakInService);
    public DateTimeOffset Now => _clock.GetUtcNow();

    internal Lock Gate { get; } = new();
    internal SortedDictionary<string, string> Units { get; } = new(StringComparer.Ordinal);
    internal List<PushApp> Apps { get; } = [];
    /// <summary>Deleted ones included.</summary>
    internal SortedDictionary<string, PushMessage> Messages { get; } = new(StringComparer.Ordinal);
    internal ContactBook Contacts { get; } = new();
    /// <summary>In the order in which they were accepted.</summary>
    internal List<PushSend> Sends { get; } = [];
    internal Throughput Throughput { get; } = new();

    /// <summary>A new session; those that are over are forgotten.</summary>
    internal string Open(string mid, DateTimeOffset now)
    {
        foreach (var over in _sessions.Where(s => s.Value.Until <= now).Select(s => s.Key).ToList()) _sessions.Remove(over);
        var token = $"eyJ{Guid.NewGuid():N}{Guid.NewGuid():N}";
        _sessions[token] = new Session(mid, new HashSet<string>(Scopes), now + SessionsLive);
        return token;
    }

    /// <summary>Null for a token that is unknown or over.</summary>
    internal Session? SessionOf(string token, DateTimeOffset now) => _sessions.TryGetValue(token, out var session) && session.Until > now ? session : null;

    internal PushSend? SendOf(string token) => _byToken.GetValueOrDefault(token);

    internal PushSend Accept(PushMessage message, IEnumerable<string> keys, int asked, DateTimeOffset? sendTime, DateTimeOffset now)
    {
        var contacts = new List<int>(asked);
        foreach (var key in keys)
            if (Contacts.TryReach(key, out var contact)) contacts.Add(contact);
        return Put(new PushSend
        {
            TokenId = string.Create(CultureInfo.InvariantCulture, $"T{Sends.Count + 1}-{StableHash.Of($"{Name}/{Sends.Count}"):x}"),
            MessageId = message.Id,
            ReceivedAt = now,
            TakenUpAt = Throughput.TakeUp(now, asked),
            SendTime = sendTime,
            Asked = asked,
            Contacts = contacts,
        });
    }

    internal PushSend Put(PushSend send)
    {
        Sends.Add(send);
        _byToken.Add(send.TokenId, send);
        return send;
    }

    internal void Withdraw(PushMessage message, bool deleted)
    {
        var now = Now;
        message.Deleted |= deleted;
        message.Status = 1;
        message.UpdatedAt = now;
        if (!StopsWithMessage) return;
        foreach (var send in Sends.Where(s => s.MessageId == message.Id && s.StoppedAt is null && !s.HasStarted(now))) send.StoppedAt = now;
    }

    internal void Changed() => _changed();

    internal void EnterService()
    {
        var inService = Interlocked.Increment(ref _inService);
        for (var peak = _peakInService; inService > peak; peak = _peakInService)
            if (Interlocked.CompareExchange(ref _peakInService, inService, peak) == peak) break;
    }

    internal void LeaveService() => Interlocked.Decrement(ref _inService);
}
