namespace Optimove.Portal.Tenancy;

/// <summary>The tenant that a scope has entered, as far as every stage needs to know it.</summary>
public sealed record TenantScope(int Id, string Slug, string Name, string TimeZone, string Currency)
{
    /// <summary>The schema that holds the tenant's customer data.</summary>
    public string Schema => SchemaOf(Id);
    /// <summary>The database role that alone may reach <see cref="Schema"/>.</summary>
    public string DatabaseRole => RoleOf(Id);
    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>The tenant's calendar day at an instant.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    public static string SchemaOf(int tenantId) => $"t{tenantId}";
    public static string RoleOf(int tenantId) => $"portal_t{tenantId}";
}
