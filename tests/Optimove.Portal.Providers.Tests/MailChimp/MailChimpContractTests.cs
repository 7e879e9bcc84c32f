using Optimove.Portal.Providers.Tests.Testing;

namespace Optimove.Portal.Providers.Tests.MailChimp;

public sealed class MailChimpContractTests : ProviderContract
{
    protected override Task<ProviderRig> StartAsync() => MailChimpRig.StartAsync();
}
