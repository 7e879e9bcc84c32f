using Optimove.Portal.PartnerApi.Credentials;

namespace Optimove.Portal.PartnerApi.Catalogue;

/// <summary>What a handler is given: checked values, the caller, and the services of a scope that has entered the caller's client.</summary>
public sealed class ApiCall(IServiceProvider services, ApiCaller? caller, ApiInput input, CancellationToken cancellation)
{
    /// <summary>Whose credential this is; not there for functions that anybody may call.</summary>
    public ApiCaller Caller => caller ?? throw new InvalidOperationException("This function is open to anybody and has no caller.");
    public ApiValues Query => input.Query;
    /// <summary>The body where it is one object.</summary>
    public ApiValues Body => input.Items[0];
    /// <summary>The objects of a body that is an array.</summary>
    public IReadOnlyList<ApiValues> Items => input.Items;
    public CancellationToken Cancellation => cancellation;
    /// <summary>Where the call came from.</summary>
    public System.Net.IPAddress? Address { get; init; }

    /// <summary>A use case or query of the product.</summary>
    public T Get<T>() where T : notnull => services.GetRequiredService<T>();
}

/// <summary>Everything that came with a call, as the catalogue declares it.</summary>
public sealed record ApiInput(ApiValues Query, IReadOnlyList<ApiValues> Items);
