namespace Optimove.Portal.Providers.MailChimp;

/// <summary>The steps of the MailChimp guide, each asked live. A refusal by MailChimp is an answer: it blocks the item and says why.</summary>
internal sealed class MailChimpChecklist(MailChimpClient client)
{
    private const int Sample = 200;

    public static readonly IReadOnlyList<CheckItem> Items =
    [
        new("key", "The API key works", CheckOwner.Marketer,
            "Please make an API key for Optimove in MailChimp (Account, Extras, API keys, Create a key) and enter it in the connection's settings. Keep it to yourself: whoever has it can send from your account."),
        new("list", "The list exists", CheckOwner.Marketer,
            "Please import your customers into one MailChimp list, with at least first name, last name and e-mail address, and enter the list's ID in the connection's settings (Audience, Settings, Audience name and defaults)."),
        new("share", "Your customers' e-mail addresses are in the list", CheckOwner.ClientIt,
            "Please make sure that the e-mail address in the daily customer file is the one under which the customer is in the MailChimp list. MailChimp finds customers by e-mail address only, and whoever is not in the list gets no mail."),
        new("sender", "The sender's domain is verified", CheckOwner.Marketer,
            "Please verify the domain of the reply-to address in MailChimp (Website, Domains, Add and verify domain). MailChimp sends nothing from a domain that is not verified."),
        new("template", "A template with a subject line exists", CheckOwner.Marketer,
            "Please make at least one e-mail template in MailChimp with the classic builder or as HTML, then give it a subject line on the Manage Templates page. MailChimp's templates have none of their own."),
        new("freshness", "The list is kept up to date every day", CheckOwner.ClientIt,
            "Please update the MailChimp list every day, so that new customers are in it the day they join. MailChimp support can help to set this up. Tell us who does it and how, and confirm it here.", ByPerson: true),
    ];

    public async Task<CheckResult> CheckAsync(string item, CheckInput input, CancellationToken cancellation)
    {
        try
        {
            return item switch
            {
                "key" => await KeyAsync(cancellation),
                "list" => await ListAsync(cancellation),
                "share" => await ShareAsync(input, cancellation),
                "sender" => await SenderAsync(cancellation),
                "template" => await TemplateAsync(input, cancellation),
                "freshness" => CheckResult.Waiting("A person has to confirm this; MailChimp cannot be asked."),
                _ => throw new ArgumentOutOfRangeException(nameof(item), item, "There is no such item."),
            };
        }
        catch (ProviderException refused) when (!refused.MayRepeat)
        {
            return CheckResult.Blocked(refused.Message);
        }
    }

    private async Task<CheckResult> KeyAsync(CancellationToken cancellation)
    {
        await client.PingAsync(cancellation);
        return CheckResult.Works($"MailChimp answers in data centre {client.Settings.DataCentre}.");
    }

    private async Task<CheckResult> ListAsync(CancellationToken cancellation) => await client.GetListAsync(cancellation) switch
    {
        null => CheckResult.Blocked($"There is no list with the ID {client.Settings.ListId} in this account."),
        { Stats.MemberCount: 0 } list => CheckResult.Attention($"The list \"{list.Name}\" exists and is empty."),
        var list => CheckResult.Works($"The list \"{list.Name}\" has {list.Stats?.MemberCount ?? 0:N0} members."),
    };

    private async Task<CheckResult> ShareAsync(CheckInput input, CancellationToken cancellation)
    {
        var sample = await input.SampleIdentitiesAsync(Sample, cancellation);
        if (sample.Count == 0)
            return CheckResult.Waiting("No customer with an e-mail address has been imported yet.");
        int found = 0, subscribed = 0;
        await Parallel.ForEachAsync(sample, cancellation, async (address, stop) =>
        {
            var status = await client.GetMemberStatusAsync(address, stop);
            if (status is not null)
                Interlocked.Increment(ref found);
            if (status == "subscribed")
                Interlocked.Increment(ref subscribed);
        });
        var evidence = $"{found:N0} of {sample.Count:N0} sampled addresses are in the list, {subscribed:N0} of them subscribed.";
        return (100 * found / sample.Count) switch
        {
            >= 90 => CheckResult.Works(evidence),
            >= 50 => CheckResult.Attention(evidence + " The others would get no mail."),
            _ => CheckResult.Blocked(evidence + " Check that the file and the list use the same address for a customer."),
        };
    }

    private async Task<CheckResult> SenderAsync(CancellationToken cancellation)
    {
        var domain = client.Settings.ReplyTo[(client.Settings.ReplyTo.LastIndexOf('@') + 1)..];
        var known = (await client.GetDomainsAsync(cancellation)).FirstOrDefault(d => d.Domain.Equals(domain, StringComparison.OrdinalIgnoreCase));
        return known switch
        {
            null => CheckResult.Blocked($"The domain {domain} is not known in this MailChimp account."),
            { Verified: false } => CheckResult.Blocked($"The domain {domain} is entered in MailChimp and not verified yet."),
            _ => CheckResult.Works($"The domain {domain} is verified."),
        };
    }

    private async Task<CheckResult> TemplateAsync(CheckInput input, CancellationToken cancellation)
    {
        var templates = await client.GetTemplatesAsync(cancellation);
        var usable = templates.Count(template => MailChimpTemplates.Unusable(template) is null);
        if (usable == 0)
            return CheckResult.Blocked($"MailChimp has {templates.Count:N0} templates, and none of them can be used from outside.");
        return input.TemplatesWithSubject == 0
            ? CheckResult.Blocked($"MailChimp has {usable:N0} usable templates, and none of them has a subject line yet. Give one a subject on the Manage Templates page.")
            : CheckResult.Works($"{input.TemplatesWithSubject:N0} of {usable:N0} usable templates have a subject line.");
    }
}
