using Microsoft.Extensions.DependencyInjection;

namespace Optimove.Portal.Providers.Tests;

public sealed class AtOnceTests
{
    [Fact]
    public async Task Who_sends_to_lists_only_says_so()
    {
        await using var services = new ServiceCollection().AddProviders().BuildServiceProvider();
        var send = new TriggeredSend { DispatchId = "opt-1", TemplateId = "1", Recipients = [new("a", new Dictionary<string, string>())] };

        var all = services.GetRequiredService<ProviderCatalog>().All;

        Assert.Equal(["appboy 50 True", "mobilepush 500 False"], all.Where(p => p.Info.AtOnce is not null).Select(p => $"{p.Info.Key} {p.Info.AtOnce!.Recipients} {p.Info.AtOnce.PersonalValues}").Order());
        foreach (var provider in all.Where(p => p.Info.AtOnce is null))
        {
            var fault = await Assert.ThrowsAsync<ProviderException>(() => provider.SendNowAsync(new(1, new()), send, TestContext.Current.CancellationToken));
            Assert.Equal(ProviderFault.Misconfigured, fault.Fault);
            Assert.StartsWith(provider.Info.Name, fault.Message);
        }
    }
}
