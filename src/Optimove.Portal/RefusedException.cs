namespace Optimove.Portal;

/// <summary>The product says no; the message is a sentence for the person who asked, saying why and what to do instead.</summary>
public sealed class RefusedException(string sentence) : Exception(sentence);
