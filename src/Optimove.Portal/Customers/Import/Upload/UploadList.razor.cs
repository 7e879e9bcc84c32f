using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Optimove.Portal.Shell;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Overlays;

namespace Optimove.Portal.Customers.Import.Upload;

public sealed partial class UploadList : IAsyncDisposable
{
    private DotNetObjectReference<UploadList>? _self;
    private IJSObjectReference? _script;
    private IReadOnlyList<ClientUpload> _uploads = [];

    [Inject] private IJSRuntime Script { get; set; } = default!;
    [Inject] private Toasts Toasts { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private TenantContext Tenant { get; set; } = default!;
    /// <summary>A file has arrived and is the run of this id.</summary>
    [Parameter] public EventCallback<int> OnArrived { get; set; }

    /// <summary>Sends what was chosen in the input.</summary>
    public async Task SendAsync(string inputId, string address)
    {
        if (_script is not null) await _script.InvokeVoidAsync("send", inputId, address);
    }

    [JSInvokable]
    public async Task Told(ClientUpload[] uploads)
    {
        foreach (var arrived in uploads.Where(u => u.RunId is not null)) await ArrivedAsync(arrived);
        _uploads = [.. uploads.Where(u => u.RunId is null)];
        StateHasChanged();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        _script = await Script.InvokeAsync<IJSObjectReference>("import", "/js/uploads.js");
        await _script.InvokeVoidAsync("watch", _self);
    }

    private async Task ArrivedAsync(ClientUpload upload)
    {
        await CallAsync("forget", upload.Id);
        if (OnArrived.HasDelegate)
        {
            await OnArrived.InvokeAsync(upload.RunId!.Value);
            return;
        }
        var address = Urls.Import(Tenant.Current.Slug, upload.RunId!.Value);
        Toasts.Confirm($"{upload.Name} has arrived", "It is being imported; you may leave the page.");
        if (Navigation.Uri.EndsWith("/imports", StringComparison.Ordinal)) Navigation.NavigateTo(address);
    }

    private async Task CallAsync(string name, int id)
    {
        if (_script is not null) await _script.InvokeVoidAsync(name, id);
    }

    private static string Left(ClientUpload upload) =>
        upload.Sent >= upload.Size ? "all sent, being stored" : upload.Left is { } left ? $"about {Format.Duration(left)} left" : "just begun";

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_script is not null)
            {
                await _script.InvokeVoidAsync("unwatch");
                await _script.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its uploads with it.
        }
        _self?.Dispose();
    }
}
