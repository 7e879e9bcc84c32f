using Npgsql;

namespace Optimove.Portal.Data;

/// <summary>The database as its owner sees it: only migrations and the provisioning of tenants use it.</summary>
public sealed class OwnerDatabase(string connectionString) : IAsyncDisposable
{
    public string ConnectionString { get; } = connectionString;
    public NpgsqlDataSource Source { get; } = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 4, ApplicationName = "portal-owner" });

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
