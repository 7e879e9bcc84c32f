namespace Optimove.Portal.PartnerApi.Catalogue;

/// <summary>Whose calls a function answers.</summary>
public enum ApiCallers
{
    /// <summary>Anybody at all: login alone.</summary>
    Anybody,
    /// <summary>Client keys only.</summary>
    Clients,
    /// <summary>Client keys and partner keys.</summary>
    ClientsAndPartners,
}

/// <summary>
/// One function of the API, as everything that concerns it reads it: routing, checks of query and body, rights, limits, the OpenAPI document,
/// the conformance page and the fuzz test. The handler is reached only with values of the declared types.
/// </summary>
/// <param name="Name">The rest of the path after the group; a segment in braces is a parameter, such as <c>{CustomerID}/Attributes</c>. May be empty.</param>
public sealed record ApiFunction(string Verb, string Group, string Name, ApiCallers Callers, Func<ApiCall, Task<ApiAnswer>> Handler)
{
    /// <summary>What it does, in a sentence.</summary>
    public required string Summary { get; init; }
    /// <summary>Other paths, <c>group/name</c>, under which clients call it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
    public IReadOnlyList<ApiField> Query { get; init; } = [];
    public ApiBody? Body { get; init; }
    /// <summary>The shape of a 200; null where it is empty or no object.</summary>
    public ApiBody? Answer { get; init; }
    /// <summary>Most bytes of a body; a longer one is a 413.</summary>
    public int MaxBody { get; init; } = 1 << 20;
    /// <summary>Whether the body may be a form as well.</summary>
    public bool TakesForm { get; init; }

    public string Path => Name.Length == 0 ? Group : $"{Group}/{Name}";

    public override string ToString() => $"{Verb} {Path}";
}
