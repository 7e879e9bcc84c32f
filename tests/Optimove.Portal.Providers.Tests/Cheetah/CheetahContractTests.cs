using Optimove.Portal.Providers.Tests.Testing;

namespace Optimove.Portal.Providers.Tests.Cheetah;

public sealed class CheetahContractTests : ProviderContract
{
    protected override Task<ProviderRig> StartAsync() => CheetahRig.StartAsync();
}
