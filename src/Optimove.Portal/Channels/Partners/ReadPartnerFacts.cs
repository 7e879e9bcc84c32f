using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners;

/// <summary>Reads what the partner who serves a connection has told and taken, for its checklist.</summary>
public sealed class ReadPartnerFacts(TenantDatabase database, TenantContext tenant, TimeProvider clock)
{
    private const int Week = 7;

    public async Task<PartnerFacts> RunAsync(int connectionId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("read-partner-facts.sql"), connection) { Parameters = { new() { Value = connectionId } } };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new()
        {
            Listeners = row.GetInt32(0), AnsweredAt = Moment(row, 1), Fault = row.IsDBNull(2) ? null : row.GetString(2), Waiting = row.GetInt32(3),
            Templates = row.GetInt32(4), TemplatesAt = Moment(row, 5),
            LastCampaign = row.IsDBNull(6) ? null : new(row.GetString(6), row.GetInt32(7), row.GetInt32(8), Moment(row, 9)),
            LastSent = row.IsDBNull(10) ? null : new(row.GetString(10), DaysSince(row.GetFieldValue<DateOnly>(11)), row.GetInt32(12)),
        };
    }

    private int DaysSince(DateOnly day) => Math.Clamp(tenant.Current.DayOf(clock.GetUtcNow()).DayNumber - day.DayNumber, 0, Week);

    private static DateTimeOffset? Moment(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
