using Optimove.Portal.Data;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Data.Wall;

public sealed class RolesTests(TestCluster cluster)
{
    [Fact]
    public async Task Portals_of_several_databases_on_one_server_prepare_them_at_the_same_moment()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            var database = new TestDatabase(cluster);
            await database.InitializeAsync();
            return database;
        }));
        // The roles belong to the server: each preparation changes the same ones.
        await Task.WhenAll(databases.SelectMany(d => Enumerable.Range(0, 5).Select(async _ =>
        {
            await using var owner = new OwnerDatabase(d.Options.OwnerConnectionString);
            await new PrepareDatabase(owner, d.Options).RunAsync(TestContext.Current.CancellationToken);
        })));
        foreach (var database in databases) await database.DisposeAsync();
    }
}
