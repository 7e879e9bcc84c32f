using System.Collections.Concurrent;

namespace Optimove.Portal.Sending.Executions;

/// <summary>
/// With which customer earlier pages ended, so that the next begins there. What is forgotten costs time, never a row; a list that was
/// made anew has places of its own.
/// </summary>
public sealed class PageMarks
{
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<PagePlace, string> _marks = new();

    public string? Find(PagePlace place) => place.Skip == 0 ? null : _marks.GetValueOrDefault(place);

    public void Set(PagePlace place, string customerId)
    {
        if (_marks.Count >= Most) _marks.Clear();
        _marks[place] = customerId;
    }
}

/// <summary>How many rows into which part of which list.</summary>
public readonly record struct PagePlace(int TenantId, int OccurrenceId, bool IsControl, DateTimeOffset ListedAt, long Skip);
