using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.EntityFrameworkCore;
using Mono.Cecil;
using Optimove.Portal.Data;

namespace Optimove.Portal.Tests.Architecture;

/// <summary>What a use case, an interface and a documented type look like.</summary>
public sealed class ShapeTests
{
    private static readonly string[] _plugIns = ["IProvider", "ILedger"];

    [Fact]
    public void A_use_case_is_sealed_and_does_one_thing() =>
        Rule.Holds(from useCase in UseCases()
                     let methods = useCase.Type.Members.OfType<MethodDeclarationSyntax>().Where(m => m.Modifiers.Any(SyntaxKind.PublicKeyword)).ToList()
                     where methods.Count > 1 || !useCase.Type.Modifiers.Any(SyntaxKind.SealedKeyword)
                     select $"{useCase.File.Name}: {useCase.Type.Identifier.Text} is not sealed with RunAsync as its one public method");

    [Fact]
    public void A_use_case_takes_what_it_needs_in_its_first_line() =>
        Rule.Holds(UseCases().Where(u => u.Type.Members.OfType<ConstructorDeclarationSyntax>().Any(c => !c.Modifiers.Any(SyntaxKind.StaticKeyword)))
            .Select(u => $"{u.File.Name}: {u.Type.Identifier.Text} has a constructor beside the primary one"));

    [Fact]
    public void A_use_case_says_what_it_guarantees() =>
        Rule.Holds(UseCases().Where(u => !IsDocumented(u.Type)).Select(u => $"{u.File.Name}: {u.Type.Identifier.Text}"));

    [Fact]
    public void An_entity_says_what_it_is()
    {
        var entities = typeof(PortalDb).GetProperties().Select(p => p.PropertyType)
            .Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(DbSet<>)).Select(t => t.GetGenericArguments()[0])
            .Where(t => t.Assembly == typeof(PortalDb).Assembly).Select(t => t.FullName).ToHashSet();
        Assert.NotEmpty(entities);
        Rule.Holds(from file in SourceTree.Product
                     from type in file.All<BaseTypeDeclarationSyntax>()
                     where entities.Contains($"{file.All<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name}.{type.Identifier.Text}") && !IsDocumented(type)
                     select $"{file.Name}: {type.Identifier.Text}");
    }

    // The values of an enum and a registration's one method speak for themselves.
    [Fact]
    public void A_public_type_of_a_library_says_what_it_is() =>
        Rule.Holds(from file in SourceTree.Product
                     where !file.Name.StartsWith("src/Optimove.Portal/", StringComparison.Ordinal)
                     from type in file.All<TypeDeclarationSyntax>()
                     where type.Identifier.Text != "Registration" && type.Modifiers.Any(SyntaxKind.PublicKeyword) && type.Parent is BaseNamespaceDeclarationSyntax
                     group (file, type) by $"{Path.GetDirectoryName(file.Name)}/{type.Identifier.Text}" into parts
                     where !parts.Any(p => IsDocumented(p.type))
                     select parts.Key);

    [Fact]
    public void An_interface_has_several_implementations()
    {
        var types = new[] { References.Portal, References.Providers, References.Targeting, References.Twins }.SelectMany(m => m.GetTypes()).ToList();
        Rule.Holds(from wanted in types
                     where wanted.IsInterface && !_plugIns.Contains(wanted.Name)
                     where types.Count(t => !t.IsInterface && t.Interfaces.Any(i => i.InterfaceType.GetElementType().FullName == wanted.FullName)) < 2
                     select wanted.FullName);
    }

    [Fact]
    public void A_job_is_called_a_job() =>
        Rule.Holds(References.Portal.GetTypes()
            .Where(t => t.Interfaces.Any(i => i.InterfaceType.FullName == "Quartz.IJob") && !t.Name.Split('`')[0].EndsWith("Job", StringComparison.Ordinal)).Select(t => t.FullName));

    // Inside a loop it is the pause between two looks at what is waited for; an infinite one waits for a cancellation.
    [Fact]
    public void Tests_do_not_sleep() =>
        Rule.Holds(from file in SourceTree.CSharp
                     where file.Name.StartsWith("tests/", StringComparison.Ordinal)
                     from call in file.All<InvocationExpressionSyntax>()
                     where call.Expression.ToString() is "Thread.Sleep" or "Task.Delay"
                     where call.ArgumentList.Arguments.Count < 3 && !call.ToString().Contains("Infinite", StringComparison.Ordinal)
                     where !call.Ancestors().Any(a => a is ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
                     select $"{file.Name}: {call}");

    // Tenancy runs other people's work and is no use case itself; nor is what implements somebody's interface.
    private static IEnumerable<(SourceFile File, ClassDeclarationSyntax Type)> UseCases() =>
        from file in SourceTree.Product
        where file.Name.StartsWith("src/Optimove.Portal/", StringComparison.Ordinal) && !file.Name.StartsWith("src/Optimove.Portal/Tenancy/", StringComparison.Ordinal)
        from type in file.All<ClassDeclarationSyntax>()
        where type.BaseList is null
        where type.Members.OfType<MethodDeclarationSyntax>().Any(m => m.Identifier.Text == "RunAsync" && m.Modifiers.Any(SyntaxKind.PublicKeyword) && !m.Modifiers.Any(SyntaxKind.StaticKeyword))
        select (file, type);

    private static bool IsDocumented(BaseTypeDeclarationSyntax type) =>
        type.GetLeadingTrivia().Any(t => t.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia));
}
