using Optimove.Portal.Campaigns;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Sending.Push;

/// <summary>What a provider is asked to send for an occurrence whose list is made.</summary>
internal static class SendOrders
{
    public static SendOrder Of(Occurrence o) => new()
    {
        DispatchId = o.DispatchId, TemplateId = o.ProviderTemplateId!, ScopeId = o.ScopeId, Subject = o.Subject, PreviewText = o.PreviewText,
        SendAt = o.SendAt, CreatedAt = o.ListedAt ?? o.CreatedAt, Recipients = o.ToSend,
    };
}
