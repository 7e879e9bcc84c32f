using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Customers.Import.Runs;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Tests.Customers.Import.Runs;

public sealed class DecideImportTests(ClientHouse house) : IClassFixture<ClientHouse>
{
    [Fact]
    public async Task The_customers_of_before_come_back_with_todays_attributes()
    {
        var client = await house.ClientAsync();
        await client.CustomersAsync(100);
        var held = await client.CustomersAsync(40);
        await client.AddAsync(new AttributeDraft { Field = "later", Name = "Later", Type = AttributeType.Integer });
        await DecideAsync(client, held.Id, ImportDecision.UsePrevious, "the export was cut off");
        Assert.Equal(100, await client.AskAsync<long>("select count(*) from {t}.customers where later is null"));
        var run = await client.RunOfAsync(held.Id);
        Assert.Equal((ImportState.Refused, ImportDecision.UsePrevious, "Ana Ruiz", "the export was cut off"), (run.State, run.Decision, run.DecidedBy, run.DecisionNote));
        Assert.Equal(house.Clock.GetUtcNow(), run.DecidedAt);
        Assert.Contains("import.decided", await client.AuditAsync());
    }

    [Fact]
    public async Task A_file_that_is_used_anyway_counts_among_the_usual_ones()
    {
        var client = await house.ClientAsync();
        await client.CustomersAsync(100);
        var held = await client.CustomersAsync(40);
        await DecideAsync(client, held.Id, ImportDecision.RunAnyway, "half of the shop was sold");
        Assert.Equal(ImportState.Done, (await client.RunOfAsync(held.Id)).State);
        Assert.Equal(40, await client.AskAsync<long>("select count(*) from {t}.customers"));
        Assert.Equal(ImportState.Done, (await client.CustomersAsync(70)).State);
    }

    [Fact]
    public async Task Waiting_keeps_it_on_hold_and_can_be_decided_again()
    {
        var client = await house.ClientAsync();
        await client.CustomersAsync(100);
        var held = await client.CustomersAsync(40);
        await DecideAsync(client, held.Id, ImportDecision.Wait, null);
        Assert.Equal((ImportState.Held, ImportDecision.Wait), ((await client.RunOfAsync(held.Id)).State, (await client.RunOfAsync(held.Id)).Decision));
        await DecideAsync(client, held.Id, ImportDecision.RunAnyway, "it is right");
        Assert.Equal(ImportState.Done, (await client.RunOfAsync(held.Id)).State);
    }

    [Fact]
    public async Task A_decision_needs_a_note_a_right_and_a_file_on_hold()
    {
        var client = await house.ClientAsync();
        var good = await client.CustomersAsync(100);
        var held = await client.CustomersAsync(40);
        await Assert.ThrowsAsync<RefusedException>(() => DecideAsync(client, held.Id, ImportDecision.RunAnyway, " "));
        await Assert.ThrowsAsync<RefusedException>(() => DecideAsync(client, good.Id, ImportDecision.RunAnyway, "why"));
        await Assert.ThrowsAsync<RefusedException>(() => client.DoAsync<DecideImport>(u => u.RunAsync(held.Id, ImportDecision.RunAnyway, "why"), mayEdit: false, mayAdministrate: false));
        Assert.Equal(ImportState.Held, (await client.RunOfAsync(held.Id)).State);
    }

    [Fact]
    public async Task An_old_decision_cannot_undo_a_newer_file()
    {
        var client = await house.ClientAsync();
        await client.CustomersAsync(100);
        var held = await client.CustomersAsync(40);
        await client.CustomersAsync(101);
        await Assert.ThrowsAsync<RefusedException>(() => DecideAsync(client, held.Id, ImportDecision.UsePrevious, "too late"));
        Assert.Equal(101, await client.AskAsync<long>("select count(*) from {t}.customers"));
    }

    [Fact]
    public async Task A_file_of_another_client_cannot_be_decided_about()
    {
        var (ours, others) = (await house.ClientAsync(), await house.ClientAsync());
        await ours.CustomersAsync(100);
        var held = await ours.CustomersAsync(40);
        await Assert.ThrowsAsync<RefusedException>(() => DecideAsync(others, held.Id, ImportDecision.RunAnyway, "not mine"));
    }

    private static Task DecideAsync(Client client, int run, ImportDecision decision, string? note) =>
        client.DoAsync<DecideImport>(u => u.RunAsync(run, decision, note, TestContext.Current.CancellationToken));
}
