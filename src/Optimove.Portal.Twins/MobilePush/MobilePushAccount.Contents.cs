using Optimove.Portal.Twins.MobilePush.Catalog;
using Optimove.Portal.Twins.MobilePush.Observed;
using Optimove.Portal.Twins.MobilePush.Sends;

namespace Optimove.Portal.Twins.MobilePush;

public sealed partial class MobilePushAccount
{
    /// <summary>Adds a business unit beside the account's own.</summary>
    public void AddUnit(string mid, string name) => Change(() => Units[mid] = name);

    public void AddApp(PushApp app) => Change(() => Apps.Add(app));

    public void AddMessage(PushMessage message) => Change(() =>
    {
        if (message.CreatedAt == default) message.CreatedAt = Now;
        if (message.UpdatedAt == default) message.UpdatedAt = message.CreatedAt;
        Messages.Add(message.Id, message);
    });

    /// <summary>Adds contacts with a device; one who is there before is opted in or out anew.</summary>
    public void AddContacts(IEnumerable<string> keys, bool optedIn = true) => Change(() =>
    {
        foreach (var key in keys) Contacts.Add(key, optedIn);
    });

    /// <summary>At most so many recipients in any stretch of time that long; what comes faster waits.</summary>
    public void Limit(int recipients, TimeSpan per) => Change(() => (Throughput.Recipients, Throughput.Per) = (recipients, per));

    /// <summary>Ends every session at once, as when the installed package was changed: its tokens are not taken any more.</summary>
    public void EndSessions()
    {
        lock (Gate) _sessions.Clear();
    }

    /// <summary>As a person does it in MobilePush. False when there is no such message.</summary>
    public bool Deactivate(string messageId) => WithdrawMessage(messageId, deleted: false);

    /// <inheritdoc cref="Deactivate"/>
    public bool Delete(string messageId) => WithdrawMessage(messageId, deleted: true);

    /// <summary>Everyone to whom a message went and how often; every message, without one. Unknown and opted-out contacts are not in it.</summary>
    /// <param name="includeScheduled">Counts what was accepted and has not begun as if it were sent now; not what was stopped.</param>
    public IReadOnlyDictionary<string, int> Deliveries(string? messageId = null, bool includeScheduled = false)
    {
        lock (Gate)
        {
            var now = Now;
            var times = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var send in Sends.Where(s => (messageId is null || s.MessageId == messageId) && s.StoppedAt is null && (includeScheduled || s.HasStarted(now))))
                foreach (var contact in send.Contacts)
                    times[Contacts[contact]] = times.GetValueOrDefault(Contacts[contact]) + 1;
            return times;
        }
    }

    /// <summary>The accepted send calls of a message, or of all, in their order.</summary>
    public IReadOnlyList<SendState> SendsOf(string? messageId = null)
    {
        lock (Gate)
        {
            var now = Now;
            return [.. Sends.Where(s => messageId is null || s.MessageId == messageId).Select(s => SendState.Of(s, now, SendingTakes))];
        }
    }

    /// <summary>What the account holds and has received; the newest first.</summary>
    /// <param name="calls">At most so many calls.</param>
    public MobilePushState Observe(int calls = 200)
    {
        lock (Gate)
        {
            var now = Now;
            return new MobilePushState
            {
                Account = Name,
                Now = now,
                CallsReceived = Log.Total,
                PeakConcurrency = PeakConcurrency,
                Faults = Faults.Current,
                Units = [.. Units.Select(u => new UnitState(u.Key, u.Value))],
                Apps = [.. Apps],
                Messages = [.. Messages.Values.Select(m => MessageState.Of(m, Sends.Where(s => s.MessageId == m.Id)))],
                Sends = [.. Enumerable.Reverse(Sends).Select(s => SendState.Of(s, now, SendingTakes))],
                Contacts = Contacts.Count,
                OptedOut = Contacts.OptedOut,
                Calls = Log.Recent(calls),
            };
        }
    }

    private bool WithdrawMessage(string messageId, bool deleted)
    {
        lock (Gate)
        {
            if (!Messages.TryGetValue(messageId, out var message)) return false;
            Withdraw(message, deleted);
        }
        Changed();
        return true;
    }

    private void Change(Action change)
    {
        lock (Gate) change();
        Changed();
    }
}
