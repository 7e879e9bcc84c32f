using Microsoft.AspNetCore.Components;
using Optimove.Portal.Channels.Connections;
using Optimove.Portal.Shell;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Grids;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.Channels.Templates;

public sealed partial class TemplatesPage
{
    private const int PageSize = 25;

    private Page<Shown>? _page;
    private TemplateDrift? _result;
    private string? _search;
    private string? _searched;
    private string _connection = "Connection";
    private bool _busy;

    [Inject] private ConnectionQueries Connections { get; set; } = default!;
    [Inject] private TemplateQueries Queries { get; set; } = default!;
    [Inject] private SyncTemplates Synchronise { get; set; } = default!;
    [Inject] private EditTemplateSubject Edit { get; set; } = default!;
    [Inject] private PreviewTemplate See { get; set; } = default!;
    [Inject] private TenantContext Tenant { get; set; } = default!;
    [Inject] private Actor Actor { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Parameter] public string Slug { get; set; } = "";
    [Parameter] public int Id { get; set; }
    [SupplyParameterFromQuery] private string? Q { get; set; }
    [SupplyParameterFromQuery] private int? Preview { get; set; }

    private TimeZoneInfo Zone => Tenant.Current.Zone;
    private bool MayEdit => Actor.MayEdit(Clock.GetUtcNow());
    private GridQuery Query => GridQuery.Read(Navigation.Uri, [], PageSize);
    private int PageNumber => Query.Page;
    private IReadOnlyList<Crumb> Crumbs => [new("Channels", Urls.Channels(Slug)), new(_connection, Urls.Connection(Slug, Id))];

    protected override void OnParametersSet()
    {
        if (Q == _searched) return;
        (_search, _searched) = (Q, Q);
    }

    private async Task<Shown?> ReadAsync(CancellationToken cancellation)
    {
        if (await Connections.FindAsync(Id, cancellation) is not { } connection) return null;
        if (_connection != connection.Name)
        {
            _connection = connection.Name;
            StateHasChanged();
        }
        var query = Query;
        return new(connection, await Queries.PageAsync(Id, Q, query.Offset, query.PageSize, cancellation), await Queries.NewsAsync(connection.Name, cancellation: cancellation));
    }

    private async Task SynchroniseAsync(Shown shown)
    {
        _busy = true;
        try
        {
            _result = await Synchronise.RunAsync(shown.Connection.Id);
        }
        catch (RefusedException e)
        {
            _result = new() { Failure = e.Message };
        }
        _busy = false;
        await _page!.ReloadAsync();
    }

    private async Task SaveAsync(int template, string? subject, string? previewText)
    {
        await Edit.RunAsync(template, subject, previewText);
        await _page!.ReloadAsync();
    }

    private void Search() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["q"] = string.IsNullOrWhiteSpace(_search) ? null : _search.Trim(), ["page"] = null, ["preview"] = null,
    }));

    private string AddressOf(int? preview) => Navigation.GetUriWithQueryParameter("preview", preview);

    private string Answer(Shown shown)
    {
        var connection = shown.Connection;
        var rest = connection.Templates - connection.UsableTemplates;
        var read = connection.TemplatesAt is { } at ? $" Last read {Format.ShortMoment(at, Zone)}." : "";
        return (connection.Templates == 0 ? $"{connection.Provider.Name} has no template yet."
            : $"{connection.UsableTemplates} of {Format.Count(connection.Templates, "template")} can be chosen for a campaign." + (rest > 0 ? $" {rest} {(rest == 1 ? "waits" : "wait")} for something; each line says what." : "")) + read;
    }

    /// <summary>What the page shows.</summary>
    public sealed record Shown(ConnectionView Connection, PageOf<TemplateView> Templates, IReadOnlyList<TemplateNews> News)
    {
        /// <summary>Whether subject lines stand here, because the provider's templates have none.</summary>
        public bool KeepsSubjects => Connection.Provider.TemplatesNeedSubject;
    }
}
