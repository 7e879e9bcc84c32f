using Mono.Cecil;

namespace Optimove.Portal.Tests.Architecture;

/// <summary>The three projects beside the pipeline, and what each must not see.</summary>
public sealed class WallTests
{
    [Fact]
    public void Providers_see_no_database_screen_or_tenant() =>
        Rule.Holds(AssembliesOf(References.Providers).Where(a =>
            a.StartsWith("Npgsql", StringComparison.Ordinal) || a.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
            || a.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal) || a.StartsWith("Optimove.", StringComparison.Ordinal)));

    [Fact]
    public void The_rule_language_uses_no_package() =>
        Rule.Holds(AssembliesOf(References.Targeting).Where(a => !a.StartsWith("System.", StringComparison.Ordinal)));

    [Fact]
    public void The_rule_language_does_no_input_or_output() =>
        Rule.Holds(from use in References.Of(References.Targeting)
                     where use.To.Namespace.StartsWith("System.Net", StringComparison.Ordinal) || use.To.Namespace.StartsWith("System.Data", StringComparison.Ordinal)
                         || use.To.FullName is "System.IO.File" or "System.IO.Directory" or "System.IO.FileStream" or "System.Console" or "System.Diagnostics.Process"
                     select $"{use.From.FullName} uses {use.To.FullName}");

    [Fact]
    public void A_twin_knows_only_the_wire() =>
        Rule.Holds(AssembliesOf(References.Twins).Where(a => a.StartsWith("Optimove.", StringComparison.Ordinal) || a.StartsWith("Npgsql", StringComparison.Ordinal)));

    private static IEnumerable<string> AssembliesOf(ModuleDefinition module) => module.AssemblyReferences.Select(a => a.Name);
}
