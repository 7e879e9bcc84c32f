using Microsoft.Extensions.Options;
using Npgsql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Import.Runs;

/// <summary>Removes what imports leave behind: customer versions after 7 days, rejected rows and the files in the done and refused folders after 30. Runs once a night.</summary>
public sealed class TidyImports(TenantDatabase database, IOptions<ImportOptions> options, TenantContext tenant, TimeProvider clock)
{
    public static readonly TimeSpan VersionsKept = TimeSpan.FromDays(7), RejectsKept = TimeSpan.FromDays(30);

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenAsync(cancellation);
        await CustomerVersions.PurgeAsync(connection, now - VersionsKept, cancellation);
        await using var command = new NpgsqlCommand("delete from import_rejects where import_id in (select id from import_runs where started_at < $1)", connection)
        {
            Parameters = { new() { Value = now - RejectsKept } }, CommandTimeout = 600,
        };
        await command.ExecuteNonQueryAsync(cancellation);
        foreach (var file in OldFiles(now - RejectsKept)) File.Delete(file);
    }

    private IEnumerable<string> OldFiles(DateTimeOffset before) =>
        options.Value.Root.Length == 0 ? [] : new[] { "done", "refused" }
            .Select(where => Path.Combine(options.Value.Root, tenant.Current.Slug, where)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder)).Where(file => File.GetLastWriteTimeUtc(file) < before.UtcDateTime);
}
