using Npgsql;
using Optimove.Portal.Data;
using Quartz;

namespace Optimove.Portal.Jobs;

/// <summary>How jobs run: Quartz in this process, its store in PostgreSQL, clustered, so that one replica fires each trigger.</summary>
public static class JobsFeature
{
    /// <summary>The scheduler's name, and the key of its services.</summary>
    public const string Scheduler = "portal";

    public static IServiceCollection AddJobs(this IServiceCollection services, DatabaseOptions database, Action<IQuartzBuilder> timetable)
    {
        var store = new NpgsqlConnectionStringBuilder(database.AppConnectionString) { SearchPath = "quartz", ApplicationName = "portal-quartz", MaxPoolSize = 10 }.ConnectionString;
        // Its name gives the scheduler a clock of its own. Jobs fire by the real one and work by the portal's: a clock moved a day forward
        // would make each trigger a misfire, put off by a minute.
        services.AddQuartz(Scheduler, q =>
        {
            q.UseTimeProvider(TimeProvider.System);
            q.UsePersistentStore(s =>
            {
                s.UsePostgres(NpgsqlFactory.Instance, store);
                // A process that dies holds its triggers until the others notice.
                s.UseClustering(c => (c.CheckinInterval, c.CheckinMisfireThreshold) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)));
                s.ProvisionSchema();
                // The lock-free path throws and catches an exception at each fire of a [DisallowConcurrentExecution] job.
                s.ConfigureStore(o => o.LockFreeFiringRounds = false);
            });
            timetable(q);
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        return services;
    }
}
