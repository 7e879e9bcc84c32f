using Optimove.Portal.Providers.Tests.Testing;

namespace Optimove.Portal.Providers.Tests.Appboy;

public sealed class AppboyContractTests : ProviderContract
{
    protected override Task<ProviderRig> StartAsync() => AppboyRig.StartAsync();
}
