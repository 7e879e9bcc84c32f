using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Accounts.Clients;
using Optimove.Portal.Accounts.Visits;
using Optimove.Portal.Data.Clock;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Accounts.Visits;

public sealed class VisitTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task Staff_come_in_only_where_they_are_assigned_and_have_entered_and_leave_when_they_no_longer_are()
    {
        var (csm, chief) = (await app.PersonAsync("csm@staff.example"), await app.PersonAsync("chief@staff.example"));
        await app.AddClientAsync("visited", "Visited");
        Assert.Contains("do not look after", (await Assert.ThrowsAsync<RefusedException>(() => app.DoAsync<EnterClient>(e => e.RunAsync(csm, "visited")))).Message);
        await app.DoAsync<AssignCsms>(a => a.RunAsync(chief, "visited", [int.Parse(csm.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)!.Value, System.Globalization.CultureInfo.InvariantCulture)]));
        Assert.False(await app.MayEnterAsync("csm@staff.example", "visited"));
        await app.DoAsync<EnterClient>(e => e.RunAsync(csm, "visited"));
        await app.DoAsync<EnterClient>(e => e.RunAsync(csm, "visited"));
        Assert.True(await app.MayEnterAsync("csm@staff.example", "visited"));
        await app.DoAsync<AssignCsms>(a => a.RunAsync(chief, "visited", []));
        Assert.False(await app.MayEnterAsync("csm@staff.example", "visited"));
        Assert.Equal(["client.csms-assigned", "visit.entered", "client.csms-assigned"], await app.AuditAsync("visited"));
    }

    [Fact]
    public async Task A_visitor_looks_until_they_take_edit_rights_which_end_by_themselves_after_two_hours()
    {
        var chief = await app.PersonAsync("chief@staff.example");
        await app.AddClientAsync("edited", "Edited");
        await app.DoAsync<EnterClient>(e => e.RunAsync(chief, "edited"));
        await using (var looking = await app.EnterAsync("chief@staff.example", "edited"))
        {
            var (actor, clock) = (looking.ServiceProvider.GetRequiredService<Actor>(), looking.ServiceProvider.GetRequiredService<TimeProvider>());
            Assert.Contains("may only look", Assert.Throws<RefusedException>(() => actor.MustEdit(clock)).Message);
            Assert.Throws<RefusedException>(() => actor.MustAdministrate(clock));
        }
        await app.DoAsync<TakeEditRights>(t => t.RunAsync(chief, "edited"));
        await using var editing = await app.EnterAsync("chief@staff.example", "edited");
        var (editor, moving) = (editing.ServiceProvider.GetRequiredService<Actor>(), editing.ServiceProvider.GetRequiredService<TimeProvider>());
        editor.MustEdit(moving);
        editor.MustAdministrate(moving);
        await app.DoAsync<MoveClock>(m => m.RunAsync(TimeSpan.FromMinutes(121)));
        Assert.Throws<RefusedException>(() => editor.MustEdit(moving));
        await using var later = await app.EnterAsync("chief@staff.example", "edited");
        Assert.Throws<RefusedException>(() => later.ServiceProvider.GetRequiredService<Actor>().MustEdit(moving));
        Assert.Equal(["visit.entered", "visit.edit-rights-taken"], await app.AuditAsync("edited"));
    }

    [Fact]
    public async Task Edit_rights_can_be_given_back_and_the_visit_ended()
    {
        var chief = await app.PersonAsync("chief@staff.example");
        await app.AddClientAsync("left", "Left");
        await Assert.ThrowsAsync<RefusedException>(() => app.DoAsync<TakeEditRights>(t => t.RunAsync(chief, "left")));
        await app.DoAsync<EnterClient>(e => e.RunAsync(chief, "left"));
        await app.DoAsync<TakeEditRights>(t => t.RunAsync(chief, "left"));
        await app.DoAsync<GiveBackEditRights>(g => g.RunAsync(chief, "left"));
        await using (var scope = await app.EnterAsync("chief@staff.example", "left"))
            Assert.False(scope.ServiceProvider.GetRequiredService<Actor>().MayEdit(scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow()));
        await app.DoAsync<LeaveClient>(l => l.RunAsync(chief, "left"));
        await app.DoAsync<LeaveClient>(l => l.RunAsync(chief, "left"));
        Assert.False(await app.MayEnterAsync("chief@staff.example", "left"));
        Assert.Equal(["visit.entered", "visit.edit-rights-taken", "visit.edit-rights-given-back", "visit.left"], await app.AuditAsync("left"));
    }

    [Fact]
    public async Task Signing_out_leaves_every_client()
    {
        await app.AddClientAsync("forgotten", "Forgotten");
        var browser = await app.OpenAsAsync("chief@staff.example");
        await app.DoAsync<EnterClient>(async e => await e.RunAsync(await app.PersonAsync("chief@staff.example"), "forgotten"));
        await browser.SubmitToAsync("/account", "/sign-out");
        Assert.Equal(["visit.entered", "visit.left"], await app.AuditAsync("forgotten"));
    }
}
