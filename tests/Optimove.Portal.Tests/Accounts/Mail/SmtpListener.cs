using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Optimove.Portal.Tests.Accounts.Mail;

/// <summary>A mail server as far as one client needs it (RFC 5321): takes what it is given, or refuses each recipient.</summary>
internal sealed class SmtpListener : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource<string> _message = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SmtpListener(bool refuse = false)
    {
        _listener.Start();
        _ = ServeAsync(refuse);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Envelope and data of the first letter.</summary>
    public Task<string> Message => _message.Task;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(bool refuse)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 ready");
        var said = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            var word = line.Split(' ', ':')[0].ToUpperInvariant();
            if (word == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                while (await reader.ReadLineAsync() is { } part && part != ".") said.AppendLine(part);
                _message.TrySetResult(said.ToString());
            }
            await writer.WriteLineAsync(word switch
            {
                "RCPT" when refuse => "550 " + line + " is not known here",
                "QUIT" => "221 bye",
                _ => "250 ok",
            });
            if (word == "QUIT") return;
        }
    }
}
