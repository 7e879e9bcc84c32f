using System.Text;
using System.Text.Json.Nodes;
using Optimove.Portal.Providers.Cheetah;

namespace Optimove.Portal.Providers.Tests.Cheetah;

public sealed class ImportFileTests
{
    private static readonly CheetahSettings Settings = new()
    {
        ApiEndpoint = "https://api.cheetah.test", ConsumerKey = "k", ConsumerSecret = "s", ClientIdentifier = "c", CustId = "4410", PropMapId = "2207", FolderId = "37001",
        IdentifierField = "CUSTOMER_ID", TimeZone = "GMT_Standard_Time", DataMapFields = "FIRST_NAME; first_name\r\n\nFAVOURITE ;favourite\nNICK; first_name",
    };

    [Fact]
    public void The_lines_of_the_Data_Map_are_read_in_their_order_and_each_attribute_is_asked_for_once()
    {
        Assert.Equal([new("FIRST_NAME", "first_name"), new("FAVOURITE", "favourite"), new("NICK", "first_name")], Settings.Fields);
        Assert.Equal(["first_name", "favourite"], Settings.Attributes);
    }

    [Fact]
    public async Task A_value_with_a_comma_a_quote_or_a_line_break_stays_one_value()
    {
        var (_, file) = await WriteAsync(Settings, [[new Recipient("1", "C,1", ["Ann \"A\"", "Däm\nisch"]), new Recipient("2", "C2", [null, "x"]), new Recipient("3", "C3")]]);

        Assert.Equal("CUSTOMER_ID,FIRST_NAME,FAVOURITE,NICK\n\"C,1\",\"Ann \"\"A\"\"\",\"Däm\nisch\",\"Ann \"\"A\"\"\"\nC2,,x,\nC3,,,\n", file);
    }

    [Fact]
    public async Task The_file_lies_in_the_call_with_account_Data_Map_folder_and_name()
    {
        var (call, _) = await WriteAsync(Settings, []);

        Assert.Equal((4410, 2207, "opt-1", 37001), ((int)call["cust_id"]!, (int)call["prop_map_id"]!, (string)call["obj"]!["display_name"]!, (int)call["obj"]!["parent_obj_id"]!));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task However_the_pieces_fall_the_file_is_the_same(int size)
    {
        var people = Enumerable.Range(0, 23).Select(i => new Recipient($"{i}", new string('x', i % 4) + i)).ToList();
        var pieces = size == 0 ? [people] : people.Chunk(size).Select(piece => piece.ToList()).ToList();

        var (_, file) = await WriteAsync(Settings with { DataMapFields = null }, pieces);

        Assert.Equal("CUSTOMER_ID\n" + string.Concat(people.Select(p => p.Address + "\n")), file);
    }

    [Fact]
    public async Task Pieces_leave_while_the_next_ones_are_asked_for_and_no_more_than_64_kilobytes_wait()
    {
        using var stream = new MemoryStream();
        var (made, waiting) = (0L, new List<long>());
        await new ImportFile(Settings, "opt-1", Pieces()).WriteAsync(stream, TestContext.Current.CancellationToken);

        Assert.True(made > 4 * (64 << 10));
        Assert.All(waiting, bytes => Assert.InRange(bytes, long.MinValue, 64 << 10));

        async IAsyncEnumerable<RecipientChunk> Pieces()
        {
            for (var piece = 0; piece < 250; piece++)
            {
                await Task.Yield();
                // Three bytes of the file are four of Base64.
                waiting.Add(made - stream.Length * 3 / 4);
                var people = Enumerable.Range(0, 100).Select(i => new Recipient($"{i}", $"C-{piece}-{i}-xxxx")).ToList();
                made += people.Sum(p => p.Address.Length + 1);
                yield return new RecipientChunk(1, people);
            }
        }
    }

    private static async Task<(JsonNode Call, string File)> WriteAsync(CheetahSettings settings, IReadOnlyList<List<Recipient>> pieces)
    {
        using var stream = new MemoryStream();
        await new ImportFile(settings, "opt-1", pieces.Select(piece => new RecipientChunk(1, piece)).ToAsyncEnumerable()).WriteAsync(stream, TestContext.Current.CancellationToken);
        var call = JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!;
        return (call, Encoding.UTF8.GetString(Convert.FromBase64String((string)call["import_file"]!["file"]!)));
    }
}
