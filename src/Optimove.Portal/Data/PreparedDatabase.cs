using Npgsql;

namespace Optimove.Portal.Data;

/// <summary>
/// A few connections of their own for the few statements that run hundreds of times a second: the server parses and plans them once for each
/// connection, always by index, and what waits here keeps no page waiting. Not for a statement whose best plan depends on its values.
/// </summary>
public sealed class PreparedDatabase(DatabaseOptions options) : IAsyncDisposable
{
    public NpgsqlDataSource Source { get; } = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.AppConnectionString)
    {
        ApplicationName = "portal-events", MaxPoolSize = 20, MaxAutoPrepare = 100, AutoPrepareMinUsages = 2,
        // A plan is made while tables may still be nearly empty, and kept when they are not.
        Options = "-c enable_seqscan=off -c plan_cache_mode=force_generic_plan",
    });

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
