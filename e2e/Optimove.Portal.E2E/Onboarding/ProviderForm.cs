namespace Optimove.Portal.E2E.Onboarding;

/// <summary>What a marketer types to connect a provider, here the account that the demo's twin plays, and which message they send through it.</summary>
/// <param name="Fields">The form's labels with what is typed there.</param>
/// <param name="Subject">Given to the message under Manage templates, where the provider's messages have none.</param>
/// <param name="People">How the twin calls those whom it delivers to.</param>
public sealed record ProviderForm(string Key, string Name, IReadOnlyList<(string Label, string Text)> Fields, string Message, string People, string? Subject = null)
{
    public static IReadOnlyList<ProviderForm> All { get; } =
    [
        new("mailchimp", "MailChimp",
            [("API key", "demo0key0of0the0twin0only-us6"), ("List ID", "a1b2c3d4e5"), ("From name", "Nordic Books"), ("Reply-to address", "news@aurelia.example")],
            "Gift guide", "addresses", Subject: "Find the right gift in a minute"),
        new("cheetah", "Cheetah Messaging",
            [
                ("API endpoint URL", "https://api.eccmp.com"), ("Consumer key", "demo-consumer"), ("Consumer secret", "demo-secret-of-the-twin-only"), ("Client identifier", "demo-client"),
                ("Cust_ID", "4410"), ("PROP_MAP_ID", "2207"), ("Folder ID", "37001"), ("Unique identifier field", "CUSTOMER_ID"), ("Data Map fields", "FIRST_NAME; first_name\nFAVOURITE; favourite"),
                ("Account time zone", "Romance_Standard_Time"),
            ],
            "Spring letter", "addresses"),
        new("mobilepush", "Salesforce MobilePush",
            [
                ("Tenant subdomain", "demo"), ("Client ID", "demo0client0of0the0twin"), ("Client secret", "demo-secret-of-the-twin-only"),
                ("Apps", "b1f0c1de-7a52-4d0e-9a3e-2f6f1c0d8e11; Aurelia app"), ("Business units", "7280001; France; FR_"),
            ],
            "FR_Summer sale", "contacts"),
        new("appboy", "Appboy",
            [
                ("REST API address", "https://rest.iad-03.braze.com"), ("App groups", "0c7a41d2-5b1e; Aurelia apps; aurelia-ios, aurelia-android"),
                ("REST keys", "0c7a41d2-5b1e; demo-key-of-the-twin-only"),
            ],
            "Optimove_SummerSale iOS", "people"),
    ];
}
