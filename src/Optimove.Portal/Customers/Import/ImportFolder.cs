using Microsoft.Extensions.Options;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Import;

/// <summary>Where clients' files arrive: below <see cref="Root"/> a folder for each tenant's slug.</summary>
public sealed class ImportFolderOptions
{
    /// <summary>Empty where this installation takes uploads only.</summary>
    public string Root { get; set; } = "";
}

/// <summary>
/// Imports what lies in the tenant's folder, customers first, each file once: it is moved to <c>done</c> or <c>refused</c> when its run has ended.
/// A file that is still being written (a name ending in .part or .tmp) is left alone.
/// </summary>
public sealed class ImportFolder(ImportFile import, IOptions<ImportFolderOptions> options, TenantContext tenant, TimeProvider clock)
{
    private static readonly (string Name, ImportKind Kind)[] Files =
    [
        ("customers", ImportKind.Customers), ("transactions", ImportKind.Transactions),
        ("customer_apps", ImportKind.CustomerApps), ("subscriptions", ImportKind.Subscriptions),
    ];

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        var folder = Path.Combine(options.Value.Root, tenant.Current.Slug);
        if (options.Value.Root.Length == 0 || !Directory.Exists(folder)) return;
        foreach (var (name, kind) in Files)
        {
            foreach (var path in new[] { $"{name}.csv", $"{name}.csv.gz" }.Select(n => Path.Combine(folder, n)).Where(File.Exists))
            {
                ImportRun run;
                await using (var file = File.OpenRead(path))
                {
                    run = await import.RunAsync(file, Path.GetFileName(path), kind, ImportSource.Folder, file.Length, cancellation);
                }
                MoveAside(path, run.State is ImportState.Done or ImportState.Held ? "done" : "refused");
            }
        }
    }

    private void MoveAside(string path, string where)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(path)!, where)).FullName;
        File.Move(path, Path.Combine(folder, $"{clock.GetUtcNow():yyyyMMdd-HHmmss}-{Path.GetFileName(path)}"), overwrite: true);
    }
}
