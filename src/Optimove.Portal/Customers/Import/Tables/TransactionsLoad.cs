using Npgsql;
using Optimove.Portal.Customers.Import.Copy;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Customers.Import.Tables;

/// <summary>Transactions are added; one whose external id is there already, or came earlier in the file, is counted as known. Customers need not be there yet.</summary>
internal sealed class TransactionsLoad(NpgsqlConnection connection) : FileLoad(connection)
{
    public override IReadOnlyList<ImportColumn> Columns { get; } =
    [
        ImportColumn.Id("customer_id"),
        new("occurred_at", AttributeType.Timestamp) { Required = true },
        new("amount", AttributeType.Decimal) { Required = true, Summed = true },
        new("currency", AttributeType.Text, 10),
        new("external_id", AttributeType.Text, ImportColumn.IdLength),
    ];

    public override async Task<string> PrepareAsync(FileLayout layout, CancellationToken cancellation)
    {
        await RunAsync("create unlogged table transactions_import (like transactions)", cancellation);
        return $"copy transactions_import ({layout.FilledSql}) from stdin (format binary, freeze)";
    }

    public override async Task<LoadResult> FinishAsync(FileLayout layout, RowEncoder encoder, RejectLog rejects, CancellationToken cancellation)
    {
        var added = await RunAsync("""
            analyze transactions_import;
            insert into transactions (customer_id, occurred_at, amount, currency, external_id)
            select customer_id, occurred_at, amount, currency, external_id from transactions_import
            on conflict (external_id) where external_id is not null do nothing
            """, cancellation);
        var unknown = await AskAsync<long>("select count(*) from transactions_import i where not exists (select from customers c where c.customer_id = i.customer_id)", cancellation);
        await RunAsync("drop table transactions_import; analyze transactions", cancellation);
        return new(added) { Known = encoder.RowsEncoded - added, UnknownCustomers = unknown };
    }
}
