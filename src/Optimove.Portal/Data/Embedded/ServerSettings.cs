namespace Optimove.Portal.Data.Embedded;

/// <summary>Settings that suit scans of one wide table, bulk loads and many short connections on this machine.</summary>
internal static class ServerSettings
{
    private const long Megabyte = 1024 * 1024;

    public static IEnumerable<string> For(bool throwaway)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Megabyte;
        var cores = Environment.ProcessorCount;
        List<string> settings =
        [
            $"shared_buffers={(throwaway ? 128 : Math.Clamp(memory / 4, 128, 2048))}MB",
            $"effective_cache_size={Math.Max(memory / 2, 256)}MB",
            "work_mem=64MB",
            "maintenance_work_mem=256MB",
            "max_wal_size=4GB",
            "random_page_cost=1.1",
            // Compiling a plan costs more than it saves on queries of some 100 ms.
            "jit=off",
            $"max_parallel_workers={cores}",
            $"max_parallel_workers_per_gather={Math.Clamp(cores / 2, 1, 4)}",
            $"max_connections={(throwaway ? 500 : 200)}",
            "timezone=UTC",
            "logging_collector=off",
            "log_checkpoints=off",
        ];
        if (throwaway) settings.AddRange(["fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"]);
        return settings;
    }
}
