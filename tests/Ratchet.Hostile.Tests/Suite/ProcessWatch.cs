using System.Collections.Concurrent;
using System.Globalization;

namespace Ratchet.Hostile.Tests.Suite;

/// <summary>Notes every process that this one has started, directly or not, and how much memory this one takes. From the kernel's lists, so that those who build walls are seen as well.</summary>
internal sealed class ProcessWatch : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(25);

    private readonly ConcurrentDictionary<(int Id, string Started), string> seen = [];
    private readonly ITimer timer;

    public ProcessWatch() => timer = TimeProvider.System.CreateTimer(_ => Look(), null, TimeSpan.Zero, Period);

    /// <summary>Most processes below this one at a time.</summary>
    public int Most { get; private set; }

    /// <summary>Processes that were there at one time or another.</summary>
    public int Total => seen.Count;

    public IEnumerable<int> Ids => seen.Keys.Select(process => process.Id);

    /// <summary>Those that live still: their id and their name. One that has ended and waits to be asked how (a zombie) does nothing and is not counted.</summary>
    public IReadOnlyList<string> Alive => [.. seen.Where(process => StatOf(process.Key.Id) is { State: not ('Z' or 'X') } stat && stat.Started == process.Key.Started).Select(process => $"{process.Key.Id} {process.Value}")];

    /// <summary>Largest resident memory of this process so far, in bytes.</summary>
    public static long PeakBytes => ValueOf("VmHWM:");

    /// <summary>Resident memory of this process now, in bytes.</summary>
    public static long ResidentBytes => ValueOf("VmRSS:");

    public void Dispose() => timer.Dispose();

    private static long ValueOf(string name) =>
        long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture) << 10;

    private void Look()
    {
        var children = new Dictionary<int, List<(int Id, Stat Stat)>>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) || StatOf(id) is not { } stat) continue;
            if (!children.TryGetValue(stat.Parent, out List<(int, Stat)>? of)) children.Add(stat.Parent, of = []);
            of.Add((id, stat));
        }
        int count = 0;
        var next = new Queue<int>([Environment.ProcessId]);
        while (next.TryDequeue(out int parent))
        {
            if (!children.TryGetValue(parent, out List<(int Id, Stat Stat)>? of)) continue;
            foreach ((int id, Stat stat) in of)
            {
                if (stat.State is not ('Z' or 'X')) count++;
                seen.TryAdd((id, stat.Started), stat.Name);
                next.Enqueue(id);
            }
        }
        Most = Math.Max(Most, count);
    }

    private static Stat? StatOf(int id)
    {
        try
        {
            // proc_pid_stat(5): the name in parentheses may have anything in it; the state is the third field, the parent the fourth, the start the 22nd.
            string text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            int open = text.IndexOf('(', StringComparison.Ordinal), close = text.LastIndexOf(')');
            string[] fields = text[(close + 2)..].Split(' ');
            return new Stat(text[(open + 1)..close], fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture), fields[19]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private readonly record struct Stat(string Name, char State, int Parent, string Started);
}
