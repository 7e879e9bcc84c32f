using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Optimove.Portal.Tests.Architecture;

/// <summary>The files of the repository as a person sees them, without what the build or EF wrote.</summary>
internal static class SourceTree
{
    private static readonly string[] _generated = ["bin", "obj", "Migrations", "TestResults"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> CSharp { get; } =
        [.. Files("*.cs", "src", "tests", "e2e", "bench").Select(path => new SourceFile(path, (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot()))];

    public static IEnumerable<SourceFile> Product => CSharp.Where(f => f.Name.StartsWith("src/", StringComparison.Ordinal));

    public static IEnumerable<string> Razor => Files("*.razor", "src");
    public static IEnumerable<string> Sql => Files("*.sql", "src");

    public static IEnumerable<string> Folders => Directory.EnumerateDirectories(Path.Combine(Root, "src"), "*", SearchOption.AllDirectories)
        .Where(d => !IsGenerated(d));

    public static string NameOf(string path) => Path.GetRelativePath(Root, path);

    private static IEnumerable<string> Files(string pattern, params string[] roots) =>
        roots.Select(r => Path.Combine(Root, r)).Where(Directory.Exists)
            .SelectMany(r => Directory.EnumerateFiles(r, pattern, SearchOption.AllDirectories))
            .Where(f => !IsGenerated(f)).Order(StringComparer.Ordinal);

    private static bool IsGenerated(string path) => NameOf(path).Split('/').Intersect(_generated).Any();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Optimove.Portal.sln"))) return folder.FullName;
        throw new InvalidOperationException("The architecture tests read the source, and this build lies outside of a clone.");
    }
}

/// <summary>One C# file, parsed.</summary>
internal sealed record SourceFile(string Path, CompilationUnitSyntax Syntax)
{
    public string Name => SourceTree.NameOf(Path);
    public IEnumerable<T> All<T>() => Syntax.DescendantNodes().OfType<T>();
}
