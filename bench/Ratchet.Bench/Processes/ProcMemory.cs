using System.Globalization;

namespace Ratchet.Bench.Processes;

/// <summary>Resident memory of a process in MiB, from /proc/PID/status (proc(5)).</summary>
public readonly record struct ProcMemory(double Resident, double Peak)
{
    public static ProcMemory Read(int id)
    {
        string[] lines = File.ReadAllLines($"/proc/{id}/status");
        return new ProcMemory(Field(lines, "VmRSS:"), Field(lines, "VmHWM:"));
    }

    private static double Field(string[] lines, string name)
    {
        string line = lines.First(l => l.StartsWith(name, StringComparison.Ordinal));
        string kilobytes = line[name.Length..].Trim().Split(' ')[0];
        return double.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024;
    }
}
