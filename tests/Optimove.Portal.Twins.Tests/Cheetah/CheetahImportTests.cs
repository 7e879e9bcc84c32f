using Optimove.Portal.Twins.Tests.Testing;

namespace Optimove.Portal.Twins.Tests.Cheetah;

public sealed class CheetahImportTests
{
    [Fact]
    public async Task An_import_is_queued_runs_and_is_done_with_its_counts_and_who_was_rejected()
    {
        await using var twin = await CheetahTwin.StartAsync();
        var (_, made) = await twin.ImportAsync("CUSTOMER_ID,FIRST_NAME\nC-1,\"Ann, \"\"A\"\"\"\nC-1,again\nnobody,Bo\nC-2\nC-3,Cy");
        var path = $"Import?id={made!["import_id"]}";
        foreach (var expected in (string[])["QUEUED", "RUNNING", "DONE"])
        {
            var import = await twin.GetAsync(path);
            Assert.Equal(expected, (string?)import["status"]);
            Assert.Equal(expected == "DONE" ? (2, 3) : (0, 0), ((int)import["accepted_count"]!, (int)import["rejected_count"]!));
            twin.Clock.Move(twin.Account.Switches.ImportQueued);
            if (expected == "RUNNING") twin.Clock.Move(twin.Account.Switches.ImportTakes);
        }
        Assert.Equal(["C-1", "nobody", "C-2"], (await twin.GetAsync(path))["rejected_identifiers"]!.AsArray().Select(i => (string)i!));
        Assert.Equal(["C-1", "Ann, \"A\""], twin.Account.Observe().Imports[0].Sample[0]);
    }

    [Theory]
    [InlineData("CUSTOMER_ID,SHOE_SIZE\nC-1,43\n", "SHOE_SIZE")]
    [InlineData("FIRST_NAME\nAnn\n", "CUSTOMER_ID")]
    public async Task A_file_that_does_not_fit_the_Data_Map_is_taken_and_fails_later(string file, string column)
    {
        await using var twin = await CheetahTwin.StartAsync();
        var (status, made) = await twin.ImportAsync(file);
        twin.Clock.Move(TimeSpan.FromMinutes(1));
        var import = await twin.GetAsync($"Import?id={made!["import_id"]}");
        Assert.Equal((200, "FAILED"), (status, (string?)import["status"]));
        Assert.Contains(column, (string)import["message"]!);
    }

    [Fact]
    public async Task A_name_is_given_once_in_a_folder_and_free_again_after_a_deletion()
    {
        await using var twin = await CheetahTwin.StartAsync();
        var import = await twin.ImportedAsync(3, "same");
        Assert.Equal(400, (await twin.ImportAsync("CUSTOMER_ID\n", "same")).Status);
        Assert.Equal(400, (await twin.CallAsync("POST", "EmailCampaign", CheetahTwin.Campaign(import, "same"))).Status);
        Assert.Equal(200, (await twin.CallAsync("DELETE", $"Import?id={import}")).Status);
        Assert.Equal(200, (await twin.ImportAsync("CUSTOMER_ID\n", "same")).Status);
    }

    [Fact]
    public async Task The_folder_lists_what_lies_in_it_under_the_ids_of_their_own_calls()
    {
        await using var twin = await CheetahTwin.StartAsync();
        var import = await twin.ImportedAsync(3);
        var campaign = await twin.CampaignAsync(import);
        var children = (await twin.GetAsync($"Folder?id={CheetahTwin.Folder}"))["children"]!.AsArray();
        Assert.Equal([("Import", import, "opt-1-list"), ("CampaignEmail", campaign, "opt-1")], children.Select(c => ((string)c!["type_id"]!, (long)c["ref_id"]!, (string)c["display_name"]!)));
    }
}
