namespace Ratchet.Grains.Limiting;

/// <summary>The starts of one rate within its window, one by one: no window of that length ever holds more than the rate allows.</summary>
internal sealed class SlidingLog
{
    private readonly Queue<DateTimeOffset> starts = new();

    public int Count => starts.Count;

    public void Add(DateTimeOffset at) => starts.Enqueue(at);

    /// <summary>Forgets starts that are a window old.</summary>
    public void Trim(DateTimeOffset now, TimeSpan window)
    {
        while (starts.TryPeek(out DateTimeOffset first) && first + window <= now) starts.Dequeue();
    }

    /// <summary>When the starts are fewer than <paramref name="count"/>, if none is added.</summary>
    public DateTimeOffset RoomAt(int count, TimeSpan window) => starts.ElementAt(starts.Count - count) + window;
}
