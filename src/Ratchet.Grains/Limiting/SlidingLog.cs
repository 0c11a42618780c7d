namespace Ratchet.Grains.Limiting;

/// <summary>The starts of one rate, one by one and in order: no window ever holds more than the rate allows.</summary>
internal sealed class SlidingLog
{
    private readonly List<DateTimeOffset> starts = [];

    // Where those begin that have not been forgotten; the list is cut when they are the smaller part.
    private int first;

    public int Count => starts.Count - first;

    /// <summary>Mostly the latest; only what an earlier keeper had reserved may lie ahead of it.</summary>
    public void Add(DateTimeOffset at)
    {
        int place = starts.Count;
        while (place > first && starts[place - 1] > at) place--;
        starts.Insert(place, at);
    }

    /// <summary>Forgets starts at or before an instant.</summary>
    public void Trim(DateTimeOffset until)
    {
        first = After(until);
        if (first <= starts.Count / 2) return;
        starts.RemoveRange(0, first);
        first = 0;
    }

    /// <summary>The starts after an instant, the earliest first.</summary>
    public ReadOnlySpan<DateTimeOffset> Since(DateTimeOffset instant) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(starts)[After(instant)..];

    private int After(DateTimeOffset instant)
    {
        int low = first, high = starts.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (starts[middle] <= instant) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
