using System.Security.Cryptography;

namespace Optimove.Portal.Data.Embedded;

/// <summary>
/// Finds the database that this process works with: the configured one, or in development a private server of its own, with a key that is
/// made once and kept beside it. Production never starts a server and never makes up a key.
/// </summary>
public static class DatabaseStartup
{
    public static async Task<(DatabaseOptions Options, EmbeddedPostgres? Server)> OpenAsync(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (configuration.GetConnectionString("Portal") is { Length: > 0 } connectionString) return (DatabaseOptions.From(configuration, connectionString), null);
        if (!builder.Environment.IsDevelopment())
        {
            throw new RefusedException("Set ConnectionStrings:Portal to the PostgreSQL server of this installation. Only development starts a server of its own.");
        }
        var server = await EmbeddedPostgres.StartAsync(configuration.GetSection("Database").Get<EmbeddedPostgresOptions>() ?? new());
        if (string.IsNullOrEmpty(configuration["Portal:Key"])) configuration["Portal:Key"] = await KeptKeyAsync(server.Folder);
        return (DatabaseOptions.From(configuration, server.ConnectionString), server);
    }

    private static async Task<string> KeptKeyAsync(string folder)
    {
        var file = Path.Combine(folder, "portal.key");
        if (!File.Exists(file))
        {
            await File.WriteAllTextAsync(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        return (await File.ReadAllTextAsync(file)).Trim();
    }
}
