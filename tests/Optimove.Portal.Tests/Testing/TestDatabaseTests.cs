using System.Diagnostics;

namespace Optimove.Portal.Tests.Testing;

public sealed class TestDatabaseTests(TestDatabase database, TestCluster cluster, ITestOutputHelper output) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_class_has_a_database_of_its_own()
    {
        await database.RunAsync("create table only_here (v int)");
        var other = await cluster.CreateDatabaseAsync();
        await using var source = Npgsql.NpgsqlDataSource.Create(other);
        await using var command = source.CreateCommand("select to_regclass('only_here')::text");
        Assert.IsType<DBNull>(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        await source.DisposeAsync();
        await cluster.DropDatabaseAsync(other);
    }

    [Fact]
    public async Task It_is_migrated() =>
        Assert.Equal("test", await database.AskAsync<string>("select environment from installations"));

    [Fact]
    public async Task Databases_are_cloned_side_by_side()
    {
        var clock = Stopwatch.StartNew();
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => cluster.CreateDatabaseAsync()));
        output.WriteLine($"{clock.ElapsedMilliseconds / 4} ms each");
        Assert.Equal(4, made.Distinct().Count());
        await Task.WhenAll(made.Select(cluster.DropDatabaseAsync));
    }

    [Fact]
    public async Task A_dropped_database_is_gone()
    {
        var made = await cluster.CreateDatabaseAsync();
        await cluster.DropDatabaseAsync(made);
        var name = new Npgsql.NpgsqlConnectionStringBuilder(made).Database;
        Assert.Equal(0, await database.AskAsync<long>($"select count(*) from pg_database where datname = '{name}'"));
    }
}
