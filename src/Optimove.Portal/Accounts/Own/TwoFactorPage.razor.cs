using Microsoft.AspNetCore.Components;

namespace Optimove.Portal.Accounts.Own;

public sealed partial class TwoFactorPage(TwoFactorQueries queries, TurnOnTwoFactor turnOn, TurnOffTwoFactor turnOff, RenewRecoveryCodes renew, AccountRules rules)
{
    private string? _refusal;
    private string? _done;
    private bool _on;
    private bool _isStaff;
    private int _codesLeft;
    private TwoFactorSecret? _secret;
    private IReadOnlyList<string> _codes = [];

    private AccountRules Rules => rules;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;
    [SupplyParameterFromForm(FormName = "on")] private OnFields On { get; set; } = default!;
    [SupplyParameterFromForm(FormName = "off")] private OffFields Off { get; set; } = default!;
    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    protected override Task OnInitializedAsync()
    {
        On ??= new();
        Off ??= new();
        return ReadAsync();
    }

    private Task TurnOnAsync() => DoAsync(async () =>
    {
        _codes = await turnOn.RunAsync(Http.User, On.Code, Http.RequestAborted);
        _done = "Two-factor sign-in is on.";
    });

    private Task TurnOffAsync() => DoAsync(async () =>
    {
        await turnOff.RunAsync(Http.User, Off.Password, Http.RequestAborted);
        _done = "Two-factor sign-in is off.";
    });

    private Task RenewAsync() => DoAsync(async () => _codes = await renew.RunAsync(Http.User, Http.RequestAborted));

    private async Task DoAsync(Func<Task> deed)
    {
        try
        {
            await deed();
        }
        catch (RefusedException e)
        {
            _refusal = e.Message;
        }
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        (_on, _codesLeft, _isStaff) = await queries.GetAsync(Http.User);
        if (!_on) _secret = await queries.GetSecretAsync(Http.User);
    }

    private sealed class OnFields
    {
        public string Code { get; set; } = "";
    }

    private sealed class OffFields
    {
        public string Password { get; set; } = "";
    }
}
