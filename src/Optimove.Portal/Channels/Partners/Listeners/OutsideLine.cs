using Microsoft.Extensions.Options;
using Optimove.Portal.Providers;
using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Channels.Partners.Listeners;

/// <summary>The way out to addresses that programs gave: guarded at each connection, without redirects.</summary>
public sealed class OutsideLine(IOptions<ProviderOptions> options) : IDisposable
{
    public HttpClient Http { get; } = new(new AddressGuard(options.Value.AllowLoopback).CreateHandler()) { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 1 << 20 };

    public void Dispose() => Http.Dispose();
}
