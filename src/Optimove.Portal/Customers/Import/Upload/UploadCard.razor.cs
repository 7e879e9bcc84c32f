using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Options;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Shell;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Import.Upload;

public sealed partial class UploadCard
{
    private UploadList? _uploads;
    private ChosenFile? _file;
    private ImportKind _kind;
    private string? _problem;
    private string _inputId = "";
    private int _round;
    private IReadOnlyList<CustomerAttribute> _attributes = [];

    [Inject] private AttributeQueries Attributes { get; set; } = default!;
    [Inject] private IOptions<ImportOptions> Options { get; set; } = default!;
    [Inject] private TenantContext Tenant { get; set; } = default!;
    [Inject] private Actor Actor { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    private async Task ChosenAsync(string inputId, InputFileChangeEventArgs e)
    {
        (_inputId, _file, _problem) = (inputId, null, null);
        try
        {
            _file = await LookAsync(e.File);
            _kind = _file.Kind ?? ImportKind.Customers;
            _attributes = await Attributes.AllAsync(CancellationToken.None);
        }
        catch (RefusedException refusal)
        {
            _problem = refusal.Message;
        }
    }

    /// <summary>Only the first rows leave the browser for this.</summary>
    private async Task<ChosenFile> LookAsync(IBrowserFile file)
    {
        if (file.Size == 0) throw new RefusedException("The file is empty.");
        if (file.Size > Options.Value.MaxUploadBytes) throw new RefusedException($"The file has {Ui.Format.Bytes(file.Size)}; at most {Ui.Format.Bytes(Options.Value.MaxUploadBytes)} can be uploaded. Compress it with gzip, or put it into the watched folder.");
        await using var stream = file.OpenReadStream(long.MaxValue);
        var headers = await FileKinds.HeadersAsync(stream, CancellationToken.None);
        return new(file.Name, file.Size, FileKinds.OfName(file.Name) ?? FileKinds.OfHeader(headers), headers);
    }

    private async Task SendAsync()
    {
        if (_file is not { } file || _uploads is null) return;
        await _uploads.SendAsync(_inputId, Urls.Upload(Tenant.Current.Slug, file.Name, _kind.ToString(), file.Size));
        Forget();
    }

    private void Forget()
    {
        (_file, _problem) = (null, null);
        _round++;
    }
}
