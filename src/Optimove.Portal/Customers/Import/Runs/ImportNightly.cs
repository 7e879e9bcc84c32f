namespace Optimove.Portal.Customers.Import.Runs;

/// <summary>The night's part of the imports: what lies in the client's folder is imported, then what earlier imports left behind is removed.</summary>
public sealed class ImportNightly(ImportFolder import, TidyImports tidy)
{
    /// <exception cref="RefusedException">A file is to be tried again at the next turn.</exception>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await import.RunAsync(cancellation);
        await tidy.RunAsync(cancellation);
    }
}
