using Npgsql;

namespace Optimove.Portal.Data.Clock;

/// <summary>Moves the development clock forward for every process on this database; refused outside development.</summary>
public sealed class MoveClock(NpgsqlDataSource source, PortalClock clock, IHostEnvironment environment)
{
    public async Task RunAsync(TimeSpan by, CancellationToken cancellation = default)
    {
        if (!environment.IsDevelopment()) throw new RefusedException("The clock can be moved in development only.");
        if (by <= TimeSpan.Zero) throw new RefusedException("The clock moves forward only.");
        await using var command = source.CreateCommand("update installations set clock_ahead = clock_ahead + $1 where id = 1 returning clock_ahead");
        command.Parameters.Add(new() { Value = by });
        clock.Ahead = (TimeSpan)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
