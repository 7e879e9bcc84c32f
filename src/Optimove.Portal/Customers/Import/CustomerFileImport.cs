using Npgsql;
using Optimove.Portal.Customers.Import.Copy;
using Optimove.Portal.Customers.Import.Csv;
using Optimove.Portal.Customers.Import.Tables;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Customers.Import;

/// <summary>Loads a client's file whole or not at all: bad rows are rejected with line, column and reason, and anything that stops the load
/// (the file, the disk, the connection) leaves the tenant's tables as they were and is refused with a sentence.</summary>
public sealed class CustomerFileImport(TimeProvider clock)
{
    private const int UsualCompression = 6;

    /// <param name="connection">Open, without a transaction, with the tenant's role and search path.</param>
    public async Task<ImportReport> RunAsync(NpgsqlConnection connection, ImportRequest request, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        using var rejects = new RejectLog(request);
        try
        {
            return await LoadAsync(connection, request, rejects, progress, cancellation);
        }
        catch (Exception e)
        {
            await SaveRejectsAsync(rejects, connection);
            if (DatabaseRefusal.For(e) is { } refusal)
                throw refusal;
            throw;
        }
    }

    private async Task<ImportReport> LoadAsync(NpgsqlConnection connection, ImportRequest request, RejectLog rejects, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        var load = LoadFor(connection, request);
        var size = request.FileSize ?? (request.File.CanSeek ? request.File.Length - request.File.Position : null);
        await using var file = await FileBytes.OpenAsync(request.File, cancellation);
        var reader = new RowReader(file);
        var layout = await FileLayout.ReadAsync(reader, load.Columns, cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await LockAsync(connection, cancellation);
        var copy = await load.PrepareAsync(layout, cancellation);
        using var encoder = new RowEncoder(reader, layout, rejects, load.UniqueKeys ? new KeyFilter(size * (file.IsCompressed ? UsualCompression : 1), layout.Columns.Length) : null, load.WithLine);
        await PumpAsync(connection, copy, reader, encoder, () => progress?.Report(new(file.BytesRead, size, encoder.RowsRead, rejects.Count)), cancellation);
        var result = await load.FinishAsync(layout, encoder, rejects, cancellation);
        var hash = await file.HashAsync(cancellation);
        await rejects.SaveAsync(connection, cancellation);
        await CommitAsync(transaction);
        progress?.Report(new(file.BytesRead, size, encoder.RowsRead, rejects.Count));
        return new()
        {
            Kind = request.Kind, RowsRead = encoder.RowsRead, RowsLoaded = result.Loaded, RowsKnown = result.Known, RowsRejected = rejects.Count,
            RejectsStored = rejects.Stored, Rejects = rejects.ByReason, Bytes = file.BytesRead, Took = clock.GetElapsedTime(began), FileHash = hash,
            Columns = encoder.FillRates(), IgnoredHeaders = layout.Ignored, MissingFields = layout.Missing,
            AmountSum = load.Columns.Any(c => c.Summed) ? encoder.Sum : null, UnknownCustomerRows = result.UnknownCustomers, EarlierVersion = result.EarlierVersion,
        };
    }

    /// <summary>A commit is not cancelled; when its answer is lost nobody knows whether it took place, and the refusal says so.</summary>
    private static async Task CommitAsync(NpgsqlTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (NpgsqlException e) when (e is not PostgresException)
        {
            throw new RefusedException("The connection to the database broke while the import was being completed. It may have been completed or not; look at the data before importing the file again.");
        }
    }

    private static async Task PumpAsync(NpgsqlConnection connection, string copy, RowReader reader, RowEncoder encoder, Action report, CancellationToken cancellation)
    {
        await using var pump = new CopyPump(await connection.BeginRawBinaryCopyAsync(copy, cancellation), RowEncoder.BufferSize, cancellation);
        RowState state;
        do
        {
            var buffer = await pump.TakeAsync(cancellation);
            var length = 0;
            while ((state = encoder.Encode(buffer, ref length)) == RowState.NeedMore)
                await reader.FillAsync(cancellation);
            await pump.SendAsync(buffer, length, cancellation);
            report();
        }
        while (state != RowState.End);
        await pump.CompleteAsync();
    }

    private FileLoad LoadFor(NpgsqlConnection connection, ImportRequest request) => request.Kind switch
    {
        ImportKind.Customers => new ReplacementLoad(connection, clock, CustomerVersions.Table, CustomerColumns(request.Attributes), request.KeptFields, request.Defaults),
        ImportKind.CustomerApps => new ReplacementLoad(connection, clock, "customer_apps", [ImportColumn.Id("customer_id"), ImportColumn.Id("app_id")], [], request.Defaults),
        ImportKind.Transactions => new TransactionsLoad(connection),
        _ => new SubscriptionsLoad(connection, clock, request.FileName),
    };

    /// <summary>The key, then the attributes with those of fixed width first: scans get by on a third less time.</summary>
    private static List<ImportColumn> CustomerColumns(IReadOnlyList<AttributeColumn> attributes) =>
    [
        ImportColumn.Id("customer_id"),
        .. attributes.OrderBy(a => a.Type switch
        {
            AttributeType.Timestamp => 0,
            AttributeType.Integer or AttributeType.Date => 1,
            AttributeType.Boolean => 2,
            AttributeType.Decimal => 3,
            _ => 4,
        }).Select(a => new ImportColumn(a.Field, a.Type, a.Length)),
    ];

    /// <summary>Holds the shape of the tenant's tables until the transaction ends; refuses while a file is being loaded.</summary>
    internal static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtext('customer import'), hashtext(current_schema()))", connection);
        if (await command.ExecuteScalarAsync(cancellation) is not true)
            throw new RefusedException("Another file of this client is being imported. Try again when it is done.");
    }

    /// <summary>The rejects help to mend a file even when its load was stopped, but they never hide what stopped it.</summary>
    private static async Task SaveRejectsAsync(RejectLog rejects, NpgsqlConnection connection)
    {
        try
        {
            if (connection.State == System.Data.ConnectionState.Open)
                await rejects.SaveAsync(connection, CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or InvalidOperationException)
        {
        }
    }
}
