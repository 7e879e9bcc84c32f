namespace Optimove.Portal.Customers.Import.Copy;

/// <summary>The frame of PostgreSQL's binary COPY format.</summary>
internal static class CopyFormat
{
    /// <summary>Signature, flags, length of the extension.</summary>
    public static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];
    public static readonly byte[] Trailer = [0xFF, 0xFF];
}
