using System.Net;
using System.Net.Sockets;

namespace Optimove.Portal.Providers.Tests.Http;

/// <summary>Reads a request and closes the connection without an answer.</summary>
public sealed class ClosingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public ClosingServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public int Requests { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync();
                var received = await socket.ReceiveAsync(new byte[4096]);
                if (received > 0)
                    Requests++;
            }
        }
        catch (SocketException)
        {
            // The listener was stopped.
        }
    }
}
