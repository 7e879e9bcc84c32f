using System.Globalization;
using System.Text;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.PartnerApi.Credentials;

namespace Optimove.Portal.Tests.PartnerApi;

/// <summary>Generated requests, sound and broken, at every function. API_FUZZ_SEED repeats a run, API_FUZZ_REQUESTS makes it longer.</summary>
public sealed class FuzzTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const int AtLeast = 20_000, AtOnce = 8;

    [Fact]
    public async Task Whatever_is_sent_is_answered_with_a_2xx_or_4xx_and_a_content_length()
    {
        var seed = Number("API_FUZZ_SEED") ?? Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"API_FUZZ_SEED={seed}");
        var (client, partner) = (await house.IssueAsync(house.Acme, limit: 10_000), await house.IssueAsync(house.Acme, CredentialKind.Partner, limit: 10_000, 505, 250));
        var token = await house.LogInAsync(client);
        var each = ((Number("API_FUZZ_REQUESTS") ?? AtLeast) + ApiCatalogue.All.Count - 1) / ApiCatalogue.All.Count;
        var answered = 0;
        var work = ApiCatalogue.All.SelectMany((function, index) => Enumerable.Range(0, each).Select(i => (function, Seed: HashCode.Combine(seed, index, i)))).ToList();
        await Parallel.ForEachAsync(work, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken }, async (one, _) =>
        {
            var fuzz = new FuzzRequest(new Random(one.Seed), one.function, [client.Key, partner.Key], token);
            using var request = fuzz.Make();
            var answer = await house.SendAsync(request);
            var said = $"seed {seed}: {request.Method} {request.RequestUri} {fuzz.Body} answered {answer.Status} {answer.Body}";
            Assert.True(answer.Status is >= 200 and < 300 or >= 400 and < 500, said);
            Assert.True(answer.ContentLength is not null, said + " without a length");
            Assert.True(answer.Status < 300 || answer.Body.Length > 0, said + " without a body");
            Interlocked.Increment(ref answered);
        });
        Assert.InRange(answered, AtLeast, int.MaxValue);
    }

    private static int? Number(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>One generated request: mostly sound, with one or two things broken.</summary>
internal sealed class FuzzRequest(Random random, ApiFunction function, string[] keys, string token)
{
    private static readonly string[] Versions = ["", "/current", "/v1.6", "/V3.0", "/v4"];
    private static readonly string[] Oddities = ["", "0", "-1", "99999999999999999999", "1e400", "null", "true", "'; drop table customers; --", "%", "\u0000", "😀", "..", "{}", "[]", "C-1;C-2", " ", "NaN"];

    public string Body { get; private set; } = "";

    public HttpRequestMessage Make()
    {
        var verb = Rarely() ? new[] { "GET", "POST", "PUT", "DELETE", "PATCH" }[random.Next(5)] : function.Verb;
        var path = $"{Versions[random.Next(Versions.Length)]}/{(function.Aliases.Count > 0 && Rarely() ? function.Aliases[0] : function.Path)}{(Rarely() ? "/" : "")}";
        path = path.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
        if (Rarely()) path = path.ToUpperInvariant();
        // A NUL in a path never reaches the product: the server refuses it. A group's name with more behind it is no address of the API.
        if (Rarely() && function.Name.Length > 0) path += Uri.EscapeDataString(Odd().Replace("\0", "", StringComparison.Ordinal));
        var request = new HttpRequestMessage(new HttpMethod(verb), path + Query());
        if (!Rarely()) request.Headers.TryAddWithoutValidation("X-API-KEY", Rarely() ? "opk_garbage" : keys[random.Next(keys.Length)]);
        else if (!Rarely()) request.Headers.TryAddWithoutValidation("Authorization-Token", Rarely() ? Uri.EscapeDataString(Odd()) : token);
        if (function.Body is null && !Rarely()) return request;
        request.Content = new ByteArrayContent(Bytes());
        if (!Rarely()) request.Content.Headers.TryAddWithoutValidation("Content-Type", Rarely() ? new[] { "text/plain", "application/x-www-form-urlencoded", "application/json;;", "multipart/form-data" }[random.Next(4)] : "application/json; charset=utf-8");
        return request;
    }

    private string Query()
    {
        var parts = new List<string>();
        foreach (var field in function.Query)
        {
            if (Rarely()) continue;
            var name = Rarely() ? field.Name.ToLowerInvariant() : field.Name;
            parts.Add($"{name}={(Rarely() ? Uri.EscapeDataString(Odd()) : Rarely() ? "%zz%" : Uri.EscapeDataString(Sound(field)))}");
            if (Rarely()) parts.Add(parts[^1]);
        }
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    private byte[] Bytes()
    {
        var body = function.Body ?? ApiBody.Object();
        var items = body.IsList ? random.Next(8) switch { 0 => 0, 1 => Math.Min(body.Limit, 1000) + 1, _ => random.Next(1, 5) } : 1;
        Body = string.Join(',', Enumerable.Range(0, items).Select(_ => Item(body.Fields)));
        if (body.IsList != Rarely()) Body = $"[{Body}]";
        if (Rarely()) Body = $"[{Body}]";
        if (Rarely()) Body = Body[..random.Next(Body.Length + 1)];
        if (Rarely()) Body = new string('[', 200) + Body;
        if (random.Next(50) == 0) Body = $"\"{new string('x', 1 << 20)}\"";
        var bytes = Encoding.UTF8.GetBytes(Body);
        if (bytes.Length > 2 && Rarely()) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        if (Body.Length > 2000) Body = Body[..2000];
        return bytes;
    }

    private string Item(IReadOnlyList<ApiField> fields) =>
        Rarely() ? Wild() : "{" + string.Join(',', fields.Where(_ => !Rarely()).Select(f => $"\"{(Rarely() ? f.Name.ToUpperInvariant() : f.Name)}\":{(Rarely() ? Wild() : SoundJson(f))}")) + "}";

    private string SoundJson(ApiField field) => field.Type switch
    {
        ApiType.Integer or ApiType.Long or ApiType.Channel or ApiType.Boolean => Sound(field),
        ApiType.Texts => "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(i => $"\"C-{i}\"")) + "]",
        ApiType.Values => $"{{\"v{random.Next(3)}\":{(random.Next(2) == 0 ? Wild() : "\"x\"")},\"n\":{random.Next(9)}}}",
        ApiType.List => "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Item(field.Fields))) + "]",
        _ => System.Text.Json.JsonSerializer.Serialize(Rarely() ? Odd() : Sound(field)),
    };

    private string Sound(ApiField field) => field.Type switch
    {
        ApiType.Channel => new[] { "505", "250", "506", "0" }[random.Next(4)],
        ApiType.Integer => random.Next(-1, 15).ToString(CultureInfo.InvariantCulture),
        ApiType.Long => random.NextInt64(1, 2_000_000_000_000_000).ToString(CultureInfo.InvariantCulture),
        ApiType.Date => new DateOnly(2024, 1, 1).AddDays(random.Next(900)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ApiType.Boolean => random.Next(2) == 0 ? "true" : "false",
        _ => field.Name.Contains("URL", StringComparison.OrdinalIgnoreCase) ? "https://p.example/" + random.Next(50) : "v" + random.Next(50),
    };

    private string Wild() => random.Next(9) switch
    {
        0 => "null", 1 => "true", 2 => "1e400", 3 => "-9223372036854775809", 4 => "\"\\ud800\"", 5 => "\"\\u0000\"", 6 => "[[]]", 7 => "{\"a\":{}}",
        _ => $"\"{new string('y', random.Next(4000))}\"",
    };

    private string Odd() => Oddities[random.Next(Oddities.Length)];

    private bool Rarely() => random.Next(12) == 0;
}
