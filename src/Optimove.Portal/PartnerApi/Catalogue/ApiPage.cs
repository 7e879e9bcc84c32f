namespace Optimove.Portal.PartnerApi.Catalogue;

/// <summary>Which rows of a long list are asked for. A larger page than usual is given as asked: clients stop at the first page that is shorter than that.</summary>
public readonly record struct ApiPage(int Skip, int Top)
{
    private const int UsualTop = 10_000;

    /// <summary>The query names of every paged function; some clients leave the dollar sign out.</summary>
    public static IReadOnlyList<ApiField> Fields { get; } = [ApiField.May("$top", ApiType.Integer) with { Alias = "top" }, ApiField.May("$skip", ApiType.Integer) with { Alias = "skip" }];

    /// <exception cref="RefusedException">One of them is below 0.</exception>
    public static ApiPage Of(ApiCall call)
    {
        var page = new ApiPage(call.Query.IntOrNull("$skip") ?? 0, call.Query.IntOrNull("$top") ?? UsualTop);
        if (page.Top < 0) throw new RefusedException("$top must not be below 0.");
        return page.Skip >= 0 ? page : throw new RefusedException("$skip must not be below 0.");
    }
}
