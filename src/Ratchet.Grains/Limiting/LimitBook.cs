using Ratchet.Jobs;
using Ratchet.Queues;

namespace Ratchet.Grains.Limiting;

/// <summary>Who holds which concurrency keys, and which queues wait for one.</summary>
internal sealed class LimitBook
{
    /// <summary>Weight of the newest in the mean.</summary>
    private const double Newest = 0.1;

    private readonly Dictionary<string, Held> keys = new(StringComparer.Ordinal);
    private readonly Dictionary<JobId, Holding> holdings = [];

    /// <summary>How long the jobs of a key hold it, in seconds: a mean that heeds the latest most. For estimates.</summary>
    private readonly Dictionary<string, double> paces = new(StringComparer.Ordinal);

    public int Holders(string key) => keys.TryGetValue(key, out Held? held) ? held.Jobs.Count : 0;

    public bool Holds(JobId job) => holdings.ContainsKey(job);

    public IReadOnlyCollection<JobId> JobsOf(string key) => keys.TryGetValue(key, out Held? held) ? held.Jobs : [];

    public IReadOnlyCollection<QueueKey> WaitingFor(string key) => keys.TryGetValue(key, out Held? held) ? held.Waiting : [];

    public IEnumerable<string> Keys => keys.Keys;

    public int KeyCount => keys.Count;

    public int HolderCount => holdings.Count;

    /// <param name="since">When it was granted; null when that is not known.</param>
    /// <param name="names">Keys that the job counts against; none is no holding.</param>
    public void Hold(JobId job, QueueKey queue, IReadOnlyList<string> names, DateTimeOffset? since = null)
    {
        Drop(job);
        if (names.Count == 0) return;
        holdings[job] = new Holding(queue, names, since);
        foreach (string name in names) Of(name).Jobs.Add(job);
    }

    /// <summary>Returns the keys that have room again and for which queues wait.</summary>
    public IReadOnlyList<string> Release(JobId job, DateTimeOffset now)
    {
        if (holdings.TryGetValue(job, out Holding? ended) && ended.Since is { } since)
        {
            foreach (string name in ended.Keys) NotePace(name, (now - since).TotalSeconds);
        }

        return Drop(job);
    }

    private void NotePace(string key, double seconds) => paces[key] = paces.TryGetValue(key, out double mean) ? mean + ((seconds - mean) * Newest) : seconds;

    private List<string> Drop(JobId job)
    {
        if (!holdings.Remove(job, out Holding? holding)) return [];
        List<string>? freed = null;
        foreach (string name in holding.Keys)
        {
            Held held = keys[name];
            held.Jobs.Remove(job);
            if (held.Waiting.Count > 0) (freed ??= []).Add(name);
            else if (held.Jobs.Count == 0) keys.Remove(name);
        }

        return freed ?? [];
    }

    /// <summary>When a job may have the key that <paramref name="ahead"/> others go before, if jobs hold it as long as lately; null when none has let go of it yet.</summary>
    public DateTimeOffset? StartOf(string key, int limit, DateTimeOffset now, int ahead)
    {
        int ends = ahead + Holders(key) - limit + 1;
        if (ends <= 0) return now;
        return paces.TryGetValue(key, out double seconds) ? now + TimeSpan.FromSeconds(Math.Min(seconds * ends / limit, TimeSpan.FromDays(365).TotalSeconds)) : null;
    }

    /// <summary>Forgets the paces of keys that nobody holds.</summary>
    public void Sweep()
    {
        foreach (string key in paces.Keys)
        {
            if (!keys.ContainsKey(key)) paces.Remove(key);
        }
    }

    /// <summary>The limit by which the key was granted or denied last, as jobs may bring their own.</summary>
    public int? LimitOf(string key) => keys.TryGetValue(key, out Held? held) ? held.InForce : null;

    public void NoteLimit(string key, int limit)
    {
        if (keys.TryGetValue(key, out Held? held)) held.InForce = limit;
    }

    public IEnumerable<JobId> OfQueue(QueueKey queue) => holdings.Where(h => h.Value.Queue == queue).Select(h => h.Key);

    /// <summary>A queue was denied: it is to be told when the key has room.</summary>
    /// <param name="limit">By which it was denied.</param>
    public void Wait(string key, QueueKey queue, int limit)
    {
        Held held = Of(key);
        held.Limit = limit;
        held.InForce = limit;
        if (!held.Waiting.Contains(queue)) held.Waiting.Add(queue);
    }

    /// <summary>Takes out the queues that are to be told of room, those that wait longest first; no more than there is room for.</summary>
    public (int Free, IReadOnlyList<QueueKey> Queues) TakeWaiting(string key)
    {
        if (!keys.TryGetValue(key, out Held? held)) return (0, []);
        int free = held.Limit - held.Jobs.Count;
        if (free <= 0) return (0, []);
        QueueKey[] told = [.. held.Waiting.Take(free)];
        held.Waiting.RemoveRange(0, told.Length);
        if (held.Jobs.Count == 0 && held.Waiting.Count == 0) keys.Remove(key);
        return (free, told);
    }

    /// <summary>Every key that somebody waits for; a rule was changed and may have made room.</summary>
    public IReadOnlyList<string> Awaited => [.. keys.Where(k => k.Value.Waiting.Count > 0).Select(k => k.Key)];

    public void SetLimit(string key, int limit)
    {
        if (keys.TryGetValue(key, out Held? held)) held.Limit = limit;
    }

    public void Clear()
    {
        keys.Clear();
        holdings.Clear();
    }

    private Held Of(string key)
    {
        if (!keys.TryGetValue(key, out Held? held)) keys[key] = held = new Held();
        return held;
    }

    private sealed record Holding(QueueKey Queue, IReadOnlyList<string> Keys, DateTimeOffset? Since);

    private sealed class Held
    {
        public HashSet<JobId> Jobs { get; } = [];
        public List<QueueKey> Waiting { get; } = [];
        public int Limit { get; set; } = 1;
        public int? InForce { get; set; }
    }
}
