using Optimove.Portal.Twins;

namespace Optimove.Portal.Shell.Demo;

/// <summary>Where the twins of this process listen, once they do.</summary>
internal sealed class RunningTwin
{
    public TwinHost? Host { get; set; }

    public Uri? AddressOf(string provider) => provider == "mailchimp" ? Host?.MailChimp(DemoTwin.Account) : null;
}
