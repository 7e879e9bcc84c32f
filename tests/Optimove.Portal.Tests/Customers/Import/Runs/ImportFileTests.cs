using Npgsql;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Customers.Import.Queue;
using Optimove.Portal.Customers.Import.Runs;
using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.Tests.Customers.Import.Runs;

public sealed class ImportFileTests(ClientHouse house) : IClassFixture<ClientHouse>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_file_is_done_with_counts_that_add_up()
    {
        var client = await house.ClientAsync();
        var run = await client.ImportAsync("customer_id,email,visits\nC-1,a@b.de,4\nC-2,c@d.de,many\nC-1,e@f.de,1\n" + string.Concat(Enumerable.Range(10, 40).Select(i => $"C-{i},,\n")));
        Assert.Equal((ImportState.Done, 43, 41, 0, 2), (run.State, run.RowsRead, run.RowsLoaded, run.RowsKnown, run.RowsRejected));
        Assert.Equal(new DateOnly(2026, 6, 17), run.DataDate);
        var details = await client.GetAsync<ImportQueries, ImportDetails?>(q => q.FindAsync(run.Id, Stop));
        Assert.Equal([3L, 4L], details!.Rejects.Select(r => r.Line));
        Assert.Equal("C-2,c@d.de,many", details.Rejects[0].Raw);
    }

    [Fact]
    public async Task An_unusual_file_is_held_and_says_what_is_unusual()
    {
        var client = await house.ClientAsync();
        await client.CustomersAsync(100);
        var run = await client.CustomersAsync(50);
        Assert.Equal(ImportState.Held, run.State);
        Assert.Contains("50 % fewer", run.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_its_key_is_refused_and_the_customers_stay()
    {
        var client = await house.ClientAsync();
        await client.CustomersAsync(3);
        var run = await client.ImportAsync("id,email\n1,a@b.de\n");
        Assert.Equal(ImportState.Refused, run.State);
        Assert.Contains("customer_id", run.Sentence, StringComparison.Ordinal);
        Assert.Equal(3, await client.AskAsync<long>("select count(*) from {t}.customers"));
    }

    [Fact]
    public async Task A_load_that_the_process_breaks_off_is_failed_and_uses_nothing()
    {
        var client = await house.ClientAsync();
        await client.CustomersAsync(3);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.DoAsync<ImportFile>(u => u.RunAsync(new EndlessFile(stop), "customers.csv", ImportKind.Customers, ImportSource.Upload, null, stop.Token)));
        var id = await client.ReadAsync(db => Task.FromResult(db.ImportRuns.Max(r => r.Id)));
        var run = await client.RunOfAsync(id);
        Assert.Equal(ImportState.Failed, run.State);
        Assert.Contains("stopped", run.Sentence, StringComparison.Ordinal);
        Assert.NotNull(run.FinishedAt);
        Assert.Equal(3, await client.AskAsync<long>("select count(*) from {t}.customers"));
    }

    [Fact]
    public async Task A_run_without_a_sign_of_life_for_two_minutes_is_broken_off()
    {
        var client = await house.ClientAsync();
        var (old, young) = (await BeginAsync(client, minutes: 3), await BeginAsync(client, minutes: 1));
        await client.DoAsync<MarkBrokenOff>(u => u.RunAsync(Stop));
        Assert.Equal((ImportState.Failed, ImportState.Running), ((await client.RunOfAsync(old)).State, (await client.RunOfAsync(young)).State));
        Assert.Contains("import it again", (await client.RunOfAsync(old)).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_file_waits_for_the_first_instead_of_being_refused()
    {
        var client = await house.ClientAsync();
        await using var other = new NpgsqlConnection(house.Database.ConnectionString + ";Pooling=false");
        await other.OpenAsync(Stop);
        await using (var take = new NpgsqlCommand($"select pg_advisory_lock(hashtext('customer files'), hashtext('{client.Tenant.Schema}'))", other)) await take.ExecuteNonQueryAsync(Stop);
        var waiting = client.CustomersAsync(3);
        await Testing.Eventually.Async(async () => await client.ReadAsync(db => Task.FromResult(db.ImportRuns.Any(r => r.State == ImportState.Running))), what: "the run to begin");
        Assert.False(waiting.IsCompleted);
        await other.CloseAsync();
        await Testing.Eventually.Async(() =>
        {
            house.Clock.Advance(TimeSpan.FromSeconds(1));
            return waiting.IsCompleted;
        }, TimeSpan.FromSeconds(30), "the second file");
        Assert.Equal(ImportState.Done, (await waiting).State);
    }

    [Fact]
    public async Task A_reader_imports_nothing()
    {
        var client = await house.ClientAsync();
        await Assert.ThrowsAsync<RefusedException>(() => client.DoAsync<ImportFile>(u => u.RunAsync(Stream.Null, "customers.csv", ImportKind.Customers, ImportSource.Upload, 0, Stop), mayEdit: false, mayAdministrate: false));
    }

    [Fact]
    public async Task One_client_sees_no_run_of_another()
    {
        var (ours, others) = (await house.ClientAsync(), await house.ClientAsync());
        var run = await ours.ImportAsync("customer_id,visits\nC-1,x\nC-2,1\n");
        Assert.Null(await others.GetAsync<ImportQueries, ImportDetails?>(q => q.FindAsync(run.Id, Stop)));
        Assert.Equal(0, (await others.GetAsync<ImportQueries, PageOf<ImportLine>>(q => q.ListAsync(null, null, new("", false, 1, 25), Stop))).Total);
        Assert.Empty(await others.GetAsync<ImportQueries, List<ImportReject>>(async q => await q.RejectsAsync(run.Id, Stop).ToListAsync(Stop)));
    }

    private Task<int> BeginAsync(Client client, int minutes) => client.ReadAsync(async db =>
    {
        var at = house.Clock.GetUtcNow().AddMinutes(-minutes);
        var run = db.ImportRuns.Add(new() { FileName = "customers.csv", StartedBy = "x", StartedAt = at.AddHours(-1), AliveAt = at, State = ImportState.Running }).Entity;
        await db.SaveChangesAsync();
        return run.Id;
    });

    // A file that goes on until the test stops it, in the middle of the load.
    private sealed class EndlessFile(CancellationTokenSource stop) : MemoryStream
    {
        private byte[] _rest = "customer_id,visits\n"u8.ToArray();
        private int _lines;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_rest.Length == 0) _rest = System.Text.Encoding.UTF8.GetBytes($"C-{++_lines},{_lines}\n");
            if (_lines == 100_000) stop.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
            var taken = Math.Min(_rest.Length, buffer.Length);
            _rest.AsSpan(0, taken).CopyTo(buffer.Span);
            _rest = _rest[taken..];
            return new(taken);
        }
    }
}
