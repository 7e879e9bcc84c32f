using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Customers.Import.Queue;

/// <summary>Upload and download over the real portal, as the browser does them.</summary>
public sealed class UploadHttpTests(PortalApp app) : IClassFixture<PortalApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private const string Csv = "customer_id,occurred_at,amount\nC-1,2026-06-16T10:00:00Z,12.50\n=1+1,2026-06-16T10:00:00Z,\"a,b\"\n@cmd,yesterday,1\n";

    [Fact]
    public async Task A_file_is_taken_and_its_rejects_can_be_downloaded_safely()
    {
        var browser = await app.OpenAsAsync("marketer@acme.example");
        var answer = await browser.SendAsync("/acme/imports", $"/acme/imports/upload?name=transactions.csv&kind=Transactions&size={Csv.Length}", Csv);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var said = JsonDocument.Parse(await answer.TextAsync()).RootElement;
        var id = said.GetProperty("id").GetInt32();
        Assert.Equal($"/acme/imports/{id}", said.GetProperty("address").GetString());
        await Eventually.Async(async () => (await RunAsync(id)).FinishedAt is not null, TimeSpan.FromSeconds(30), "the import");
        Assert.Equal((3, 1, 2), ((await RunAsync(id)).RowsRead, (await RunAsync(id)).RowsLoaded, (await RunAsync(id)).RowsRejected));

        var file = await browser.GetAsync($"/acme/imports/{id}/rejects.csv");
        Assert.Equal("text/csv", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"rejected-transactions-{id}.csv", file.Content.Headers.ContentDisposition!.FileName);
        var lines = (await file.Content.ReadAsStringAsync(Stop)).TrimStart('\uFEFF').Split("\r\n");
        Assert.Equal("reason,row,column,text", lines[0]);
        Assert.Contains("3,amount,\"'=1+1,2026-06-16T10:00:00Z,\"\"a,b\"\"\"", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("\"'@cmd,yesterday,1\"", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_client_finds_neither_the_upload_nor_the_rejects()
    {
        var (ours, other) = (await app.OpenAsAsync("marketer@acme.example"), await app.OpenAsAsync("marketer@globex.example"));
        var answer = await ours.SendAsync("/acme/imports", $"/acme/imports/upload?name=transactions.csv&kind=Transactions&size={Csv.Length}", Csv);
        var id = JsonDocument.Parse(await answer.TextAsync()).RootElement.GetProperty("id").GetInt32();
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/acme/imports/{id}/rejects.csv")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/globex/imports/{id}/rejects.csv")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.SendAsync("/globex/imports", $"/acme/imports/upload?name=a.csv&kind=Customers&size={Csv.Length}", Csv)).StatusCode);
    }

    [Fact]
    public async Task A_file_without_the_pages_token_is_not_taken()
    {
        var browser = await app.OpenAsAsync("marketer@acme.example");
        var answer = await browser.SendAsync(null, $"/acme/imports/upload?name=transactions.csv&kind=Transactions&size={Csv.Length}", Csv);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_reader_is_told_why_not_and_a_huge_file_is_refused_before_it_is_sent()
    {
        var reader = await app.OpenAsAsync("reader@acme.example");
        var refused = await reader.SendAsync("/acme/imports", $"/acme/imports/upload?name=transactions.csv&kind=Transactions&size={Csv.Length}", Csv);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("may look but not change", await refused.TextAsync(), StringComparison.Ordinal);
        var huge = await reader.SendAsync("/acme/imports", "/acme/imports/upload?name=transactions.csv&kind=Transactions&size=9000000000", Csv);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
    }

    [Fact]
    public async Task A_stranger_is_sent_to_the_sign_in()
    {
        var answer = await app.Open().GetAsync("/acme/imports/1/rejects.csv");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/sign-in", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private async Task<ImportRun> RunAsync(int id)
    {
        await using var scope = await app.EnterAsync("marketer@acme.example", "acme");
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Stop);
        return await db.ImportRuns.AsNoTracking().SingleAsync(r => r.Id == id, Stop);
    }
}
