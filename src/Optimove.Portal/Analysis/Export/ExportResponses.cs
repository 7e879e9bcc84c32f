using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
using Optimove.Portal.Shell.Exports;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Analysis.Export;

/// <summary>Writes everybody considered for an occurrence with their response as CSV in UTF-8, a row at a time as the database gives them. The audit log names who took the file.</summary>
public sealed class ExportResponses(TenantDatabase database, IDbContextFactory<PortalDb> databases, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(Occurrence o, Stream output, CancellationToken cancellation = default)
    {
        await RecordAsync(o, cancellation);
        await using var connection = await database.OpenAsync(cancellation);
        var now = clock.GetUtcNow();
        var until = o.MeasuredUntil < now ? o.MeasuredUntil : now;
        await using var command = new NpgsqlCommand(SqlFile.Read("read-responses.sql"), connection)
        {
            CommandTimeout = 600,
            Parameters = { new() { Value = o.Id }, new() { Value = o.SendAt.ToUniversalTime() }, new() { Value = until.ToUniversalTime() }, new() { Value = o.Kpi == Kpi.Revenue } },
        };
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 64 * 1024, leaveOpen: true);
        var csv = new SafeCsv(writer);
        await csv.WriteAsync("customer_id", "fate", "reason", "responded", "value");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            await csv.WriteAsync(reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), Responded(reader), Value(reader));
        }
    }

    private async Task RecordAsync(Occurrence o, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        audit.Record(db, "responses.exported", $"{o.Campaign.Name}, {o.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
        await db.SaveChangesAsync(cancellation);
    }

    private static string? Responded(NpgsqlDataReader row) => row.IsDBNull(3) ? null : row.GetBoolean(3) ? "yes" : "no";

    private static string? Value(NpgsqlDataReader row) => row.IsDBNull(4) ? null : row.GetDecimal(4).ToString("0.####", CultureInfo.InvariantCulture);
}
