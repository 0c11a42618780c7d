using System.Globalization;

namespace Ratchet.Bench.Processes;

/// <summary>A process in /proc/PID/stat (proc(5)).</summary>
/// <param name="Own">CPU time of its threads.</param>
/// <param name="Ended">CPU time of children that have ended and were waited for.</param>
public readonly record struct ProcStat(int Id, int Parent, TimeSpan Own, TimeSpan Ended)
{
    /// <summary>A tick is a hundredth of a second in every Linux ABI that .NET runs on.</summary>
    private const double MillisecondsPerTick = 10;

    /// <summary>Of the first line of /proc/stat: user, nice, system, irq, softirq; idle and iowait are left out.</summary>
    private static readonly int[] BusyFields = [1, 2, 3, 6, 7];

    public TimeSpan Total => Own + Ended;

    /// <summary>Null when there is no such process any more.</summary>
    public static ProcStat? Read(int id)
    {
        try
        {
            string line = File.ReadAllText($"/proc/{id}/stat");
            // The second field is the program's name in brackets, and may hold anything.
            string[] fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcStat(id, (int)Number(fields[1]), Ticks(Number(fields[11]) + Number(fields[12])), Ticks(Number(fields[13]) + Number(fields[14])));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return null;
        }
    }

    public static IReadOnlyList<ProcStat> All()
    {
        var all = new List<ProcStat>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) && Read(id) is { } process) all.Add(process);
        }

        return all;
    }

    /// <summary>CPU time that the whole machine has spent.</summary>
    public static TimeSpan Machine()
    {
        string[] fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Ticks(BusyFields.Sum(i => Number(fields[i])));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static TimeSpan Ticks(long ticks) => TimeSpan.FromMilliseconds(ticks * MillisecondsPerTick);
}
