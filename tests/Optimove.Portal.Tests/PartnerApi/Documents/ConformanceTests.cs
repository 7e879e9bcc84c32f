using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.PartnerApi.Documents;
using Optimove.Portal.Shell;
using Optimove.Portal.Tests.Architecture;

namespace Optimove.Portal.Tests.PartnerApi.Documents;

/// <summary>What is written about the API is what it does: the conformance page and the OpenAPI document follow the catalogue.</summary>
public sealed partial class ConformanceTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "partner-api.md"));

    [Fact]
    public void The_page_lists_every_function_of_the_catalogue_and_no_other() =>
        Assert.Equal(ApiCatalogue.All.Select(f => f.ToString()).Order(StringComparer.Ordinal), Rows().Select(r => r.Function).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_test_that_the_page_names_is_there()
    {
        var tests = typeof(ConformanceTests).Assembly.GetTypes().SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance).Select(m => $"{t.Name}.{m.Name}")).ToHashSet();
        Rule.Holds(Rows().Where(r => !tests.Contains(r.Test)).Select(r => $"{r.Function}: there is no test {r.Test}"));
    }

    [Fact]
    public void A_function_says_what_it_does_and_is_found_once() =>
        Rule.Holds(ApiCatalogue.All.Where(f => string.IsNullOrWhiteSpace(f.Summary)).Select(f => $"{f} has no summary")
            .Concat(ApiCatalogue.All.GroupBy(f => f.ToString(), StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => $"{g.Key} is there twice")));

    [Fact]
    public void No_client_can_have_an_address_that_the_api_answers() =>
        Rule.Holds(ApiCatalogue.All.SelectMany(f => f.Aliases.Prepend(f.Path)).Select(p => p.Split('/')[0].ToLowerInvariant()).Distinct().Where(w => !ReservedSlugs.Contains(w)));

    [Fact]
    public async Task The_open_api_document_is_served_to_anybody_and_has_every_function()
    {
        var answer = await house.GetAsync(OpenApiDocument.Address);
        Assert.Equal((200, "application/json"), (answer.Status, answer.ContentType));
        using var document = JsonDocument.Parse(answer.Body);
        Assert.StartsWith("3.0", document.RootElement.GetProperty("openapi").GetString());
        var operations = document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => $"{o.Name.ToUpperInvariant()} {p.Name["/current/".Length..]}"));
        Assert.Equal(ApiCatalogue.All.Select(f => f.ToString()).Order(StringComparer.Ordinal), operations.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string Function, string Test)> Rows() => Row().Matches(Page).Select(m => (m.Groups[1].Value, m.Groups[2].Value));

    [GeneratedRegex(@"^\| `([A-Z]+ [^`]+)` \|.*\| `(\w+\.\w+)` \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
