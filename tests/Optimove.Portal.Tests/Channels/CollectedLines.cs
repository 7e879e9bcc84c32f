using System.Text;
using Microsoft.Extensions.Logging;

namespace Optimove.Portal.Tests.Channels;

/// <summary>Keeps every line that is logged, at every level.</summary>
internal sealed class CollectedLines : ILoggerProvider, ILogger
{
    private readonly StringBuilder _lines = new();
    private readonly Lock _lock = new();

    public string All
    {
        get { lock (_lock) return _lines.ToString(); }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lock) _lines.AppendLine(formatter(state, exception)).Append(exception);
    }

    public void Dispose() { }
}
