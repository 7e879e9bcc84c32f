using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Optimove.Portal.Tests.Testing;

/// <summary>bunit asks for AngleSharp.Diffing 1.x; the version that restores is 0.17.0, which does the same job.</summary>
internal static class BunitSupport
{
    [ModuleInitializer]
    internal static void AcceptOlderDiffing() =>
        AssemblyLoadContext.Default.Resolving += (context, name) => name.Name == "AngleSharp.Diffing"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll"))
            : null;
}
