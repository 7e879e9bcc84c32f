using System.Globalization;
using Npgsql;
using Optimove.Portal.Customers.Import.Copy;

namespace Optimove.Portal.Customers.Import.Tables;

/// <summary>A file that is the whole truth: its rows go into a fresh table, which takes the place of the earlier one when everything is in it.
/// Readers see the earlier table until the commit and the new one after it.</summary>
internal sealed class ReplacementLoad(NpgsqlConnection connection, TimeProvider clock, string table, IReadOnlyList<ImportColumn> columns, IReadOnlyList<string> keptFields,
    IReadOnlyDictionary<string, string> defaults) : FileLoad(connection)
{
    private readonly string _fresh = table + "_import";
    private readonly string _keySql = string.Join(", ", columns.Where(c => c.Key).Select(c => FileLayout.Quote(c.Field)));

    public override IReadOnlyList<ImportColumn> Columns => columns;
    public override bool UniqueKeys => true;

    public override async Task<string> PrepareAsync(FileLayout layout, CancellationToken cancellation)
    {
        var definitions = columns.Select(c => $"{FileLayout.Quote(c.Field)} {(c.Key ? "text not null" : c.Sql)}");
        await RunAsync($"create table {_fresh} ({string.Join(", ", definitions)})", cancellation);
        return $"copy {_fresh} ({layout.FilledSql}) from stdin (format binary, freeze)";
    }

    public override async Task<LoadResult> FinishAsync(FileLayout layout, RowEncoder encoder, RejectLog rejects, CancellationToken cancellation)
    {
        var stamp = clock.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var name = await FreeNameAsync(stamp, cancellation);
        await RunAsync($"set local maintenance_work_mem = '256MB'; alter table {_fresh} add constraint {name}_key primary key ({_keySql})", cancellation);
        var loaded = encoder.RowsEncoded + await AddSuspectsAsync(layout, encoder, rejects, cancellation);
        if (loaded == 0)
            throw new RefusedException("No row of the file could be used. The earlier version stays.");
        if (table == CustomerVersions.Table) await KeepAddedAsync(name, cancellation);
        await KeepFieldsAsync(layout, cancellation);
        await RunAsync($"analyze {_fresh}", cancellation);
        await RunAsync("set local lock_timeout = '60s'", cancellation);
        var keep = table == CustomerVersions.Table && await AskAsync<bool>($"select exists (select from {table})", cancellation);
        await RunAsync(keep ? $"alter table {table} rename to {name}" : $"drop table {table}", cancellation);
        await RunAsync($"alter table {_fresh} rename to {table}", cancellation);
        return new(loaded) { EarlierVersion = keep ? name : null };
    }

    /// <summary>Rows that the filter took for known: the first of a key that is not there yet is loaded, the others are duplicates.</summary>
    private async Task<long> AddSuspectsAsync(FileLayout layout, RowEncoder encoder, RejectLog rejects, CancellationToken cancellation)
    {
        if (encoder.Suspects.Rows == 0)
            return 0;
        var suspects = table + "_suspects";
        await RunAsync($"create unlogged table {suspects} as select 0::bigint as _line, ''::text as _raw, false as _kept, t.* from {_fresh} t with no data", cancellation);
        await encoder.Suspects.CopyAsync(Connection, $"copy {suspects} (_line, _raw, {layout.FilledSql}) from stdin (format binary)", cancellation);
        var same = string.Join(" and ", columns.Where(c => c.Key).Select(c => $"t.{FileLayout.Quote(c.Field)} = s.{FileLayout.Quote(c.Field)}"));
        await RunAsync($"""
            analyze {suspects};
            update {suspects} set _kept = true where _line in (
              select distinct on ({_keySql}) _line from {suspects} s where not exists (select from {_fresh} t where {same}) order by {_keySql}, _line)
            """, cancellation);
        var added = await RunAsync($"insert into {_fresh} ({layout.FilledSql}) select {layout.FilledSql} from {suspects} where _kept order by _line", cancellation);
        await RejectAsync($"{suspects} where _kept is not true", ImportFault.DuplicateKey, columns.First(c => c.Key).Field, rejects, cancellation);
        await RunAsync($"drop table {suspects}", cancellation);
        return added;
    }

    /// <summary>Customers whom a program added stay with all that they have until a file names them; from then on the files decide.</summary>
    private async Task KeepAddedAsync(string version, CancellationToken cancellation)
    {
        await RunAsync($"update added_customers a set named_in = $1 from {_fresh} t where t.customer_id = a.customer_id and a.named_in is null", cancellation, version);
        var fields = await AskAsync<string>($"""
            select string_agg(quote_ident(t.attname), ', ') from pg_attribute t join pg_attribute o on o.attname = t.attname and o.atttypid = t.atttypid
            where t.attrelid = to_regclass('{_fresh}') and o.attrelid = to_regclass('{table}') and t.attnum > 0 and not t.attisdropped
            """, cancellation);
        await RunAsync($"insert into {_fresh} ({fields}) select {fields} from {table} where customer_id in (select customer_id from added_customers where named_in is null)", cancellation);
    }

    private async Task KeepFieldsAsync(FileLayout layout, CancellationToken cancellation)
    {
        foreach (var field in keptFields.Intersect(layout.Missing))
        {
            var there = await AskAsync<bool>("select exists (select from pg_attribute where attrelid = to_regclass($1) and attname = $2 and not attisdropped)",
                cancellation, table, field);
            var column = FileLayout.Quote(field);
            if (there)
                await RunAsync($"update {_fresh} t set {column} = o.{column} from {table} o where o.customer_id = t.customer_id and o.{column} is not null", cancellation);
            if (defaults.TryGetValue(field, out var value))
                await RunAsync($"update {_fresh} set {column} = $1::{columns.First(c => c.Field == field).Sql} where {column} is null", cancellation, value);
        }
    }

    private async Task<string> FreeNameAsync(string stamp, CancellationToken cancellation)
    {
        for (var i = 1; ; i++)
        {
            var name = $"{table}_v{stamp}" + (i == 1 ? "" : $"_{i}");
            if (await AskAsync<bool>("select to_regclass($1) is null and to_regclass($1 || '_key') is null", cancellation, name))
                return name;
        }
    }
}
