using Npgsql;

namespace Optimove.Portal.Data.Clock;

/// <summary>In development, takes over within two seconds how far another process has moved the clock.</summary>
public sealed class FollowClock(NpgsqlDataSource source, PortalClock clock, ILogger<FollowClock> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2));
        do
        {
            try
            {
                // What was read before this process moved the clock must not set it back.
                if (await ReadAsync(source, stoppingToken) is var ahead && ahead > clock.Ahead) clock.Ahead = ahead;
            }
            catch (NpgsqlException e)
            {
                log.LogWarning("The clock could not be read: {Reason}", e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public static async Task<TimeSpan> ReadAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand("select clock_ahead from installations where id = 1");
        return await command.ExecuteScalarAsync(cancellation) is TimeSpan ahead ? ahead : TimeSpan.Zero;
    }
}
