namespace Optimove.Portal.Twins.MobilePush.Sends;

/// <summary>The contacts that have a device, and which of them have opted out. A contact is known by its number within the book.</summary>
internal sealed class ContactBook
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _keys = [];
    private readonly HashSet<int> _optedOut = [];

    public int Count => _keys.Count;
    public int OptedOut => _optedOut.Count;

    public string this[int number] => _keys[number];

    public void Add(string key, bool optedIn)
    {
        if (_numbers.TryAdd(key, _keys.Count)) _keys.Add(key);
        if (optedIn) _optedOut.Remove(_numbers[key]);
        else _optedOut.Add(_numbers[key]);
    }

    public bool IsOptedOut(int number) => _optedOut.Contains(number);

    /// <summary>The contact whom a push would reach: known, with a device, not opted out.</summary>
    public bool TryReach(string key, out int number) => _numbers.TryGetValue(key, out number) && !_optedOut.Contains(number);
}
