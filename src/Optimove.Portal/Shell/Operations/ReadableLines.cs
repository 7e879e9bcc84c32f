using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Optimove.Portal.Shell.Operations;

/// <summary>One short line an event for a person at a terminal; an exception follows on lines of its own.</summary>
internal sealed class ReadableLines() : ConsoleFormatter(Format)
{
    public const string Format = "portal-readable";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var time = TimeProvider.System.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var category = logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..];
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception).ReplaceLineEndings(" ");
        textWriter.WriteLine(Masking.Mask($"{time} {Word(logEntry.LogLevel)} {category}: {message}"));
        if (logEntry.Exception is { } exception) textWriter.WriteLine(Masking.Mask(exception.ToString()));
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "critical",
        LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        LogLevel.Information => "info",
        _ => "debug",
    };
}
