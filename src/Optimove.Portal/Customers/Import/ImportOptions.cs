namespace Optimove.Portal.Customers.Import;

/// <summary>Where clients' files come from and how large an upload may be; section "Imports" of the configuration.</summary>
public sealed class ImportOptions
{
    /// <summary>Below it a folder for each tenant's slug is watched; empty where this installation takes uploads only.</summary>
    public string Root { get; set; } = "";
    /// <summary>Where an upload lies until it has been imported; a folder of the system's temporary files when empty.</summary>
    public string Spool { get; set; } = "";
    /// <summary>Largest upload, in bytes as sent.</summary>
    public long MaxUploadBytes { get; set; } = 4_000_000_000;

    public string SpoolFolder => Spool.Length > 0 ? Spool : Path.Combine(Path.GetTempPath(), "optimove-uploads");
}
