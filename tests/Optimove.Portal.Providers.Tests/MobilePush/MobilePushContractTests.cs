using Optimove.Portal.Providers.Tests.Testing;

namespace Optimove.Portal.Providers.Tests.MobilePush;

public sealed class MobilePushContractTests : ProviderContract
{
    protected override Task<ProviderRig> StartAsync() => MobilePushRig.StartAsync();
}
