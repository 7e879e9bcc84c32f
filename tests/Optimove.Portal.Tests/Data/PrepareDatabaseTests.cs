using Optimove.Portal.Data;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Data;

public sealed class PrepareDatabaseTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string History = "\"__EFMigrationsHistory\"", Id = "\"MigrationId\"", Product = "\"ProductVersion\"";

    [Fact]
    public async Task Tables_of_another_line_of_versions_are_refused_in_a_sentence_and_those_of_a_newer_version_are_used()
    {
        await database.RunAsync($"insert into {History} ({Id}, {Product}) values ('29990101000000_Newer', '10')");
        await PrepareAsync();

        await database.RunAsync($"delete from {History} where {Id} not like '2999%'");
        var refused = await Assert.ThrowsAsync<RefusedException>(PrepareAsync);

        Assert.Contains("made by another version of the portal (migration 29990101000000_Newer)", refused.Message);
        Assert.Equal(1, await database.AskAsync<long>($"select count(*) from {History}"));
    }

    private async Task PrepareAsync()
    {
        await using var owner = new OwnerDatabase(database.Options.OwnerConnectionString);
        await new PrepareDatabase(owner, database.Options).RunAsync(TestContext.Current.CancellationToken);
    }
}
