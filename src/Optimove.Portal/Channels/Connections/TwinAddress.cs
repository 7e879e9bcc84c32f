namespace Optimove.Portal.Channels.Connections;

/// <summary>Where a twin stands in for a provider, by the provider's key; null where none does. Registered in development only.</summary>
public delegate Uri? TwinAddress(string provider);
