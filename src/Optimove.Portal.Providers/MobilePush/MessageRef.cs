namespace Optimove.Portal.Providers.MobilePush;

/// <summary>A template's id in the product: the message and the business unit whose token opens it, as <c>mid/message</c>; without <c>mid/</c> for the account itself.</summary>
internal readonly record struct MessageRef(string Mid, string Message)
{
    public static MessageRef Read(string templateId) =>
        templateId.IndexOf('/') is > 0 and var slash && templateId.AsSpan(0, slash).IndexOfAnyExceptInRange('0', '9') < 0
            ? new(templateId[..slash], templateId[(slash + 1)..]) : new("", templateId);

    public override string ToString() => Mid.Length == 0 ? Message : $"{Mid}/{Message}";
}
