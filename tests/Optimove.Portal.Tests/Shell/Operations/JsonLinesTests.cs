using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Optimove.Portal.Shell.Operations;

namespace Optimove.Portal.Tests.Shell.Operations;

public sealed class JsonLinesTests
{
    [Fact]
    public void A_line_carries_the_message_its_values_and_the_scopes()
    {
        var scopes = new LoggerExternalScopeProvider();
        using var tenant = scopes.Push(new Dictionary<string, object> { ["tenant"] = 7, ["occurrence"] = 12L });
        var line = Write("Pushed {Count} recipients", [new("Count", 500), new("{OriginalFormat}", "Pushed {Count} recipients")], scopes: scopes);
        Assert.Equal("Warning", line.GetProperty("level").GetString());
        Assert.Equal("Pushed {Count} recipients", line.GetProperty("message").GetString());
        Assert.Equal(500, line.GetProperty("count").GetInt32());
        Assert.Equal(7, line.GetProperty("tenant").GetInt32());
        Assert.Equal(12, line.GetProperty("occurrence").GetInt64());
    }

    [Fact]
    public void Neither_values_nor_exceptions_carry_addresses_or_secrets()
    {
        var line = Write("hello", [new("Email", "anna@shop.example"), new("ApiKey", "abc123"), new("message", "mine")], new InvalidOperationException("no mail to anna@shop.example"));
        Assert.DoesNotContain("anna", line.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("abc123", line.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("hello", line.GetProperty("message").GetString());
        Assert.Equal("mine", line.GetProperty("message_").GetString());
    }

    [Fact]
    public void A_message_of_several_lines_stays_one_line_of_output()
    {
        var line = Write("one\ntwo", []);
        Assert.Equal("one\ntwo", line.GetProperty("message").GetString());
    }

    private static JsonElement Write(string message, List<KeyValuePair<string, object?>> values, Exception? exception = null, IExternalScopeProvider? scopes = null)
    {
        using var output = new StringWriter();
        var entry = new LogEntry<List<KeyValuePair<string, object?>>>(LogLevel.Warning, "Optimove.Portal.Sending.Push", 0, values, exception, (_, _) => message);
        new JsonLines().Write(entry, scopes, output);
        var text = Assert.Single(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return JsonDocument.Parse(text).RootElement.Clone();
    }
}
