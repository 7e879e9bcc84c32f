using System.Text.RegularExpressions;

namespace Optimove.Portal.Tests.Architecture;

/// <summary>SQL lies in files beside the code that runs it, each saying what it is for.</summary>
public sealed partial class SqlFileTests
{
    [Fact]
    public void A_file_is_named_verb_and_noun_in_kebab_case() =>
        Rule.Holds(SourceTree.Sql.Where(f => !KebabCase().IsMatch(Path.GetFileName(f))).Select(SourceTree.NameOf));

    [Fact]
    public void A_file_opens_with_purpose_parameters_and_result() =>
        Rule.Holds(from path in SourceTree.Sql
                     let opening = string.Join('\n', File.ReadLines(path).TakeWhile(l => l.StartsWith("--", StringComparison.Ordinal)))
                     from word in new[] { "Purpose", "Parameters", "Result" }
                     where !opening.Contains(word, StringComparison.OrdinalIgnoreCase)
                     select $"{SourceTree.NameOf(path)}: the opening comment lacks \"{word}\"");

    [Fact]
    public void A_name_is_used_once_because_files_are_read_by_name() =>
        Rule.Holds(SourceTree.Sql.GroupBy(Path.GetFileName).Where(g => g.Count() > 1).Select(g => g.Key));

    [GeneratedRegex("^[a-z]+(-[a-z0-9]+)+\\.sql$")]
    private static partial Regex KebabCase();
}
