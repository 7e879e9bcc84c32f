using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Customers.Import.Upload;
using Optimove.Portal.Shell;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui.Overlays;

namespace Optimove.Portal.Customers.Attributes;

public sealed partial class ProposalPage
{
    private const string FileInput = "proposal-file";

    private UploadList? _uploads;
    private IBrowserFile? _file;
    private List<ProposalRow> _rows = [];
    private List<AttributeDraft> _there = [];
    private IReadOnlyList<(ProposalRow Row, AttributeProblem Problem)> _problems = [];
    private string? _problem;
    private bool _reading, _sent;
    private int _created, _known;

    [Inject] private AttributeQueries Queries { get; set; } = default!;
    [Inject] private AddAttributes Add { get; set; } = default!;
    [Inject] private Actor Actor { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private Toasts Toasts { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Parameter] public string Slug { get; set; } = "";

    private int Chosen => _rows.Count(r => r.Wanted);

    private async Task ChosenAsync(InputFileChangeEventArgs e)
    {
        (_file, _rows, _problem, _problems, _created, _sent, _reading) = (e.File, [], null, [], 0, false, true);
        StateHasChanged();
        try
        {
            await using var stream = e.File.OpenReadStream(long.MaxValue);
            var proposed = await AttributeProposal.ProposeAttributesAsync(stream, CancellationToken.None);
            if (!proposed.Any(p => p.IsKey)) throw new RefusedException("The file has no column customer_id, which names each customer. Rename that column and choose the file again.");
            _there = [.. (await Queries.AllAsync(CancellationToken.None)).Select(AttributeDraft.Of)];
            _rows = ProposalRow.From(proposed, _there);
            _known = proposed.Count - 1 - _rows.Count;
        }
        catch (RefusedException refusal)
        {
            _problem = refusal.Message;
        }
        finally
        {
            _reading = false;
        }
    }

    private void Check()
    {
        var wanted = _rows.Where(r => r.Wanted).ToList();
        _problems = [.. wanted.SelectMany(r => AttributeRules.Problems(r.Draft, _there.Concat(wanted.Where(o => o != r).Select(o => o.Draft))).Select(p => (r, p)))];
    }

    private async Task CreateAsync()
    {
        Check();
        if (_problems.Count > 0) return;
        try
        {
            await Add.RunAsync([.. _rows.Where(r => r.Wanted).Select(r => r.Draft)]);
            _created = Chosen;
        }
        catch (RefusedException e)
        {
            Toasts.Fail(e.Message);
        }
    }

    private async Task ImportAsync()
    {
        if (_file is null || _uploads is null) return;
        _sent = true;
        await _uploads.SendAsync(FileInput, Urls.Upload(Slug, _file.Name, nameof(ImportKind.Customers), _file.Size));
    }
}
