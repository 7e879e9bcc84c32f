using System.Collections.Concurrent;
using System.Reflection;

namespace Optimove.Portal.Data;

/// <summary>The text of the embedded .sql files; each lies beside the use case that runs it.</summary>
public static class SqlFile
{
    private static readonly Assembly Assembly = typeof(SqlFile).Assembly;
    private static readonly ConcurrentDictionary<string, string> Texts = new();

    public static IEnumerable<string> Names => Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal));

    /// <param name="name">The file's name without folder, for example <c>count-group.sql</c>.</param>
    public static string Read(string name) => Texts.GetOrAdd(name, n =>
    {
        var resource = Names.Single(r => r.EndsWith("." + n, StringComparison.Ordinal));
        using var reader = new StreamReader(Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    });
}
