using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Appboy.Observed;

/// <summary>Appboy's twin from outside; see <see cref="Observation{TAccount}"/>.</summary>
internal static class AppboyObservation
{
    public static void Map(IEndpointRouteBuilder twin, TwinWorld world) =>
        new Observation<AppboyAccount>(twin, name => world.TryAppboy(name, out var account) ? account : null)
            .Map(account => account.Faults, (account, calls) => AppboyState.Of(account, calls), Deliveries);

    /// <summary>Of one order or of all; with <c>scheduled=true</c> also what still waits.</summary>
    private static object Deliveries(AppboyAccount account, IQueryCollection query)
    {
        List<AppGroup> groups;
        lock (account.Gate) groups = [.. account.Groups.Values];
        var order = query.Given("order");
        var people = groups.SelectMany(g => g.Deliveries(order, query.Scheduled()).Select(d => new { appGroup = g.Id, user = d.Key, times = d.Value })).ToList();
        return new { order = order ?? "", messages = people.Sum(p => p.times), recipients = people.Count, people };
    }
}
