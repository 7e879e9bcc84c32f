namespace Optimove.Portal.Data;

/// <summary>A key of the key ring, itself encrypted with the configured master key.</summary>
public sealed class DataProtectionKey
{
    public int Id { get; set; }
    public required string FriendlyName { get; set; }
    public required string Xml { get; set; }
}
