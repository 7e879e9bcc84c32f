using System.Security.Cryptography;

namespace Optimove.Portal.Data.Embedded;

/// <summary>Decides where a starting portal finds its database.</summary>
public static class DevelopmentDatabase
{
    private const string ConnectionString = "ConnectionStrings:Portal";
    private const string Key = "Portal:Key";

    /// <summary>
    /// In development, and with no server configured, starts the private one and puts its connection string, and a key that lives beside
    /// its data, into the configuration. Null when a server is configured. Elsewhere a missing server or key is refused.
    /// </summary>
    public static async Task<EmbeddedPostgres?> StartUnlessConfiguredAsync(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var configured = !string.IsNullOrEmpty(configuration.GetConnectionString("Portal"));
        if (!builder.Environment.IsDevelopment())
        {
            if (!configured) throw new RefusedException("Set ConnectionStrings__Portal to the PostgreSQL database of this portal. Only a development portal starts a server of its own.");
            if (string.IsNullOrEmpty(configuration[Key])) throw new RefusedException("Set Portal__Key to 32 random bytes in base64 (openssl rand -base64 32). It encrypts the clients' credentials; keep it safe and the same on every replica.");
        }
        if (configured) return null;
        var server = await EmbeddedPostgres.StartAsync(configuration.GetSection("Database").Get<EmbeddedPostgresOptions>() ?? new());
        configuration[ConnectionString] = server.ConnectionString;
        if (string.IsNullOrEmpty(configuration[Key])) configuration[Key] = await KeyOfAsync(server.Folder);
        return server;
    }

    private static async Task<string> KeyOfAsync(string folder)
    {
        var file = Path.Combine(folder, "key");
        if (!File.Exists(file))
        {
            await File.WriteAllTextAsync(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        return (await File.ReadAllTextAsync(file)).Trim();
    }
}
