using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Accounts;
using Optimove.Portal.Accounts.Visits;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Badges;

namespace Optimove.Portal.Shell;

/// <summary>Answers what the frame around the pages shows for the person of this circuit.</summary>
public sealed class ShellQueries(AuthenticationStateProvider authentication, TenantContext tenant, IDbContextFactory<PortalDb> databases, VisitQueries visits, TimeProvider clock, IEnumerable<NeedsYou> needs)
{
    public async Task<ShellState> GetAsync(Actor actor, CancellationToken cancellation)
    {
        var person = (await authentication.GetAuthenticationStateAsync()).User;
        if (person.Identity?.IsAuthenticated != true) return new() { PersonName = "Guest", Initials = "?" };
        var state = new ShellState
        {
            PersonName = person.FullName, PersonEmail = person.Identity.Name, Initials = ShellState.InitialsOf(person.FullName), IsStaff = person.IsStaff,
            Others = person.IsStaff ? await OthersAsync(person, cancellation) : [],
        };
        return tenant.IsEntered ? await InTenantAsync(state, person, actor, cancellation) : state;
    }

    private async Task<IReadOnlyList<ShellTenant>> OthersAsync(ClaimsPrincipal person, CancellationToken cancellation) =>
        [.. (await visits.OpenAsync(person.UserId, cancellation)).Where(v => !tenant.IsEntered || v.Slug != tenant.Current.Slug).Select(v => new ShellTenant(v.Name, v.Slug))];

    private async Task<ShellState> InTenantAsync(ShellState state, ClaimsPrincipal person, Actor actor, CancellationToken cancellation)
    {
        var current = tenant.Current;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var import = await db.ImportRuns.AsNoTracking().Where(r => r.Kind == ImportKind.Customers && r.State == ImportState.Done)
            .OrderByDescending(r => r.DataDate).ThenByDescending(r => r.Id).Select(r => new { r.DataDate, r.FinishedAt }).FirstOrDefaultAsync(cancellation);
        var count = 0;
        foreach (var need in needs) count += await need(cancellation);
        var old = import is null || import.DataDate < current.DayOf(clock.GetUtcNow()).AddDays(-1);
        return state with
        {
            TenantName = current.Name, TenantSlug = current.Slug, Zone = current.TimeZone, NeedsYou = count,
            DataFreshness = import is null ? "No customer data yet" : $"Data of {Format.DayMonth(import.DataDate)}" + (import.FinishedAt is { } at ? $", {Format.Clock(at, current.Zone)}" : ""),
            DataTone = import is null ? Tone.Idle : old ? Tone.Warn : Tone.Good,
            Visit = person.IsStaff ? VisitSentence(person, actor, current) : null,
            VisitEdits = person.IsStaff && actor.MayEdit(clock.GetUtcNow()),
        };
    }

    private string VisitSentence(ClaimsPrincipal person, Actor actor, TenantScope current)
    {
        var may = actor.MayEdit(clock.GetUtcNow()) ? $"You may change things until {Format.Time(actor.EditUntil!.Value, current.Zone)}." : "You may look, not change.";
        return $"as {person.FullName}, {person.Role.InWords()}. {may} Everything you do is in their audit log.";
    }
}
