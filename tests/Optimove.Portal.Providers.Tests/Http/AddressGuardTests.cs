using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Providers.Tests.Http;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("168.63.129.16")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("224.0.0.1")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:a00:1::")]
    [InlineData("ff02::1")]
    public void An_inside_address_is_refused(string address) => Assert.False(new AddressGuard(allowLoopback: false).Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("192.167.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2a00:1450:4001::1")]
    public void A_public_address_is_allowed(string address) => Assert.True(new AddressGuard(allowLoopback: false).Allows(IPAddress.Parse(address)));

    [Fact]
    public void Development_allows_this_machine_and_nothing_else_inside()
    {
        var guard = new AddressGuard(allowLoopback: true);

        Assert.True(guard.Allows(IPAddress.Loopback));
        Assert.True(guard.Allows(IPAddress.Parse("::ffff:127.0.0.1")));
        Assert.False(guard.Allows(IPAddress.Parse("10.0.0.1")));
        Assert.False(guard.Allows(IPAddress.Parse("169.254.169.254")));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("169.254.169.254")]
    [InlineData("0x7f000001")]
    public async Task A_call_to_the_inside_fails_at_once_with_a_sentence(string host)
    {
        using var outbound = Outbound(allowLoopback: false);

        var fault = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(outbound, host, 9));

        Assert.Equal(ProviderFault.Misconfigured, fault.Fault);
        Assert.Contains("not on the public internet", fault.Message);
    }

    [Fact]
    public async Task An_answer_that_is_lost_on_the_wire_is_unknown_for_a_write_and_asked_again_for_a_question()
    {
        await using var server = new ClosingServer();
        using var outbound = Outbound(allowLoopback: true);

        var write = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(outbound, "127.0.0.1", server.Port));
        var writes = server.Requests;
        var question = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(outbound, "127.0.0.1", server.Port, HttpMethod.Get));

        Assert.Equal((ProviderFault.UnknownOutcome, 1), (write.Fault, writes));
        Assert.Equal(ProviderFault.Unavailable, question.Fault);
        Assert.True(server.Requests >= writes + 2);
    }

    [Fact]
    public async Task A_write_without_a_body_whose_answer_is_lost_is_not_repeated_either()
    {
        await using var server = new ClosingServer();
        using var outbound = Outbound(allowLoopback: true);

        var fault = await Assert.ThrowsAsync<ProviderException>(() => outbound.SendAsync(Call("127.0.0.1", server.Port, HttpMethod.Post) with { Body = default }, TestContext.Current.CancellationToken));

        Assert.Equal((ProviderFault.UnknownOutcome, 1), (fault.Fault, server.Requests));
    }

    [Fact]
    public async Task A_refused_connection_had_no_effect()
    {
        using var outbound = Outbound(allowLoopback: true);

        var fault = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(outbound, "127.0.0.1", 1));

        Assert.Equal(ProviderFault.Unavailable, fault.Fault);
        Assert.Contains("does not take connections", fault.Message);
    }

    private static Outbound Outbound(bool allowLoopback) => new(
        Options.Create(new ProviderOptions { AllowLoopback = allowLoopback, Retries = 1, RetryDelay = TimeSpan.FromMilliseconds(1) }), TimeProvider.System, NullLogger<Outbound>.Instance);

    private static Task<ProviderResponse> SendAsync(Outbound outbound, string host, int port, HttpMethod? method = null) =>
        outbound.SendAsync(Call(host, port, method ?? HttpMethod.Post), TestContext.Current.CancellationToken);

    private static ProviderCall Call(string host, int port, HttpMethod method) =>
        ScriptedServer.Call(method) with { Address = new Uri($"http://{host}:{port}/") };
}
