using Npgsql;

namespace Optimove.Portal.Customers.Import;

/// <summary>What the machine under an import can do to it, in words for the person who waits for the file.</summary>
internal static class DatabaseRefusal
{
    private const string Mark = "machine";

    /// <summary>True when the machine stopped the load and the same file may well go in later.</summary>
    public static bool IsOfMachine(RefusedException refusal) => refusal.Data.Contains(Mark);

    /// <summary>Null when the exception is a bug, a cancellation, or a refusal already.</summary>
    public static RefusedException? For(Exception exception)
    {
        var refusal = Sentence(exception);
        refusal?.Data.Add(Mark, true);
        return refusal;
    }

    private static RefusedException? Sentence(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } =>
            new("The database's disk is full. Nothing was imported, and the earlier data stays. Make room and import the file again."),
        PostgresException { SqlState: PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.ConfigurationLimitExceeded or PostgresErrorCodes.InsufficientResources } =>
            new("The database ran out of resources. Nothing was imported, and the earlier data stays. Import the file again later."),
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } =>
            new("The customers were in use for too long to be replaced. Nothing was imported. Import the file again later."),
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow } => Broken,
        PostgresException => null,
        NpgsqlException => Broken,
        IOException => new("A temporary file could not be written or read, likely for want of room. Nothing was imported, and the earlier data stays."),
        _ => null,
    };

    private static RefusedException Broken =>
        new("The connection to the database broke. Nothing was imported, and the earlier data stays. Import the file again.");
}
