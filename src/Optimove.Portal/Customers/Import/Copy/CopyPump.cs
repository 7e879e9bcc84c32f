using System.Threading.Channels;
using Npgsql;

namespace Optimove.Portal.Customers.Import.Copy;

/// <summary>Sends full buffers to a COPY on another thread while the next ones are filled; a fixed number of buffers goes round.</summary>
internal sealed class CopyPump : IAsyncDisposable
{
    private const int Buffers = 4;
    private readonly NpgsqlRawCopyStream _target;
    private readonly Channel<(byte[] Buffer, int Length)> _full = Channel.CreateBounded<(byte[], int)>(Buffers);
    private readonly Channel<byte[]> _free = Channel.CreateBounded<byte[]>(Buffers);
    private readonly CancellationTokenSource _stop;
    private readonly Task _sending;
    private bool _completed;

    public CopyPump(NpgsqlRawCopyStream target, int bufferSize, CancellationToken cancellation)
    {
        _target = target;
        for (var i = 0; i < Buffers; i++)
            _free.Writer.TryWrite(new byte[bufferSize]);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _sending = Task.Run(SendAllAsync, CancellationToken.None);
    }

    /// <summary>A buffer to fill; throws what the sending failed with.</summary>
    public async ValueTask<byte[]> TakeAsync(CancellationToken cancellation)
    {
        try
        {
            return await _free.Reader.ReadAsync(cancellation);
        }
        catch (ChannelClosedException)
        {
            await _sending;
            throw;
        }
    }

    public ValueTask SendAsync(byte[] buffer, int length, CancellationToken cancellation) => _full.Writer.WriteAsync((buffer, length), cancellation);

    /// <summary>Waits until the server has taken everything.</summary>
    public async Task CompleteAsync()
    {
        _full.Writer.Complete();
        await _sending;
        _completed = true;
        await _target.DisposeAsync();
    }

    /// <summary>Takes the COPY back unless it was completed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_completed)
        {
            await _stop.CancelAsync();
            await _sending.ContinueWith(_ => { }, TaskScheduler.Default);
            try
            {
                await _target.CancelAsync();
            }
            catch (Exception e) when (e is NpgsqlException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                // The server or the connection ended the COPY first; the transaction is rolled back all the same.
            }
        }
        _stop.Dispose();
    }

    private async Task SendAllAsync()
    {
        try
        {
            // A write that is broken off breaks the connection with it, so the token is heeded between two writes.
            await _target.WriteAsync(CopyFormat.Header, CancellationToken.None);
            await foreach (var (buffer, length) in _full.Reader.ReadAllAsync(_stop.Token))
            {
                await _target.WriteAsync(buffer.AsMemory(0, length), CancellationToken.None);
                _free.Writer.TryWrite(buffer);
            }
            await _target.WriteAsync(CopyFormat.Trailer, CancellationToken.None);
        }
        catch (Exception e)
        {
            _free.Writer.TryComplete(e);
            throw;
        }
    }
}
