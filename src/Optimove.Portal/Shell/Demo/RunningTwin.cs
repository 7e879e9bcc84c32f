using Optimove.Portal.Twins;

namespace Optimove.Portal.Shell.Demo;

/// <summary>Where the twins of this process listen, once they do.</summary>
internal sealed class RunningTwin
{
    public TwinHost? Host { get; set; }

    public Uri? AddressOf(string provider) => provider switch
    {
        "mailchimp" => Host?.MailChimp(DemoTwin.Account),
        "cheetah" => Host?.Cheetah(DemoTwin.Account),
        "mobilepush" => Host?.MobilePush(DemoTwin.Account),
        "appboy" => Host?.Appboy(DemoTwin.Account),
        _ => null,
    };
}
