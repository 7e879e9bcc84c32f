using Optimove.Portal.Channels.Partners.Events;
using Optimove.Portal.Metrics;
using Optimove.Portal.PartnerApi.Callbacks;
using Optimove.Portal.PartnerApi.Calls;
using Optimove.Portal.Sending;
using Optimove.Portal.Sending.Nights;
using Optimove.Portal.Sending.Running;
using Optimove.Portal.Sending.Triggers.Deciding;
using Optimove.Portal.Sending.Triggers.Handover;
using Optimove.Portal.Sending.Triggers.Live;
using Quartz;

namespace Optimove.Portal;

/// <summary>
/// The only timetable. Jobs fire often and ask the database what is due by the portal's clock, so that a fire too many, a fire missed
/// or a clock moved forward changes nothing but the moment.
/// </summary>
internal static class Schedule
{
    /// <param name="development">Then somebody moves the clock by hand and waits for what follows.</param>
    public static void Add(IQuartzBuilder quartz, IConfiguration configuration, bool development)
    {
        var sending = configuration.GetSection("Sending").Get<SendingOptions>() ?? new();
        Every<RunNightJob>(quartz, TimeSpan.FromSeconds(development ? 5 : 20));
        Every<AdvanceOccurrencesJob>(quartz, sending.Every);
        Every<CollectMetricsJob>(quartz, TimeSpan.FromSeconds(development ? 5 : 30));
        Every<DecideEventsJob>(quartz, TimeSpan.FromSeconds(2));
        Every<SendTriggeredJob>(quartz, TimeSpan.FromSeconds(development ? 2 : 3));
        Every<TidyEventsJob>(quartz, TimeSpan.FromHours(1));
        Every<DeliverEventsJob>(quartz, TimeSpan.FromSeconds(development ? 1 : 2));
        Every<DeliverCallbacksJob>(quartz, TimeSpan.FromSeconds(development ? 5 : 10));
        Every<TidyNoticesJob>(quartz, TimeSpan.FromHours(12));
        Every<TidyCallsJob>(quartz, TimeSpan.FromHours(12));
    }

    private static void Every<TJob>(IQuartzBuilder quartz, TimeSpan interval) where TJob : IJob =>
        quartz.ScheduleJob<TJob>(
            t => t.WithIdentity(typeof(TJob).Name).StartNow().WithSimpleSchedule(s => s.WithInterval(interval).RepeatForever()),
            j => j.WithIdentity(typeof(TJob).Name));
}
