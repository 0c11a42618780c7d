using System.Diagnostics;
using System.Globalization;

namespace Ratchet.Bench;

/// <param name="SubmitSeconds">Until the last submit was answered, that is, durable.</param>
/// <param name="TotalSeconds">Until the last result was durable.</param>
/// <param name="OwnMicroseconds">CPU a job of this process: load generator, silo and gateway side.</param>
/// <param name="MachineMicroseconds">CPU a job of the whole machine: the sandbox processes and the database on top.</param>
public sealed record PipelineFigures(int Jobs, double SubmitSeconds, double TotalSeconds, double OwnMicroseconds, double MachineMicroseconds)
{
    public double JobsPerSecond => Jobs / TotalSeconds;
}

/// <summary>CPU time, of this process and of the machine.</summary>
public readonly record struct CpuTime(TimeSpan Own, TimeSpan Machine)
{
    /// <summary>Of the first line of /proc/stat: user, nice, system, irq, softirq; idle and iowait are left out (proc(5)).</summary>
    private static readonly int[] BusyFields = [1, 2, 3, 6, 7];

    public static CpuTime Now()
    {
        using Process self = Process.GetCurrentProcess();
        string[] fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // In hundredths of a second.
        long busy = BusyFields.Sum(i => long.Parse(fields[i], CultureInfo.InvariantCulture));
        return new CpuTime(self.TotalProcessorTime, TimeSpan.FromMilliseconds(busy * 10));
    }
}
