using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Processes;

/// <summary>Splits CPU time between this process with its silo, its sandboxes, and the database server.</summary>
/// <param name="database">Process id of the database server; null when the database lives in this process.</param>
public sealed class CpuMeter(int? database)
{
    private (ProcessTree Own, ProcessTree Database, TimeSpan Machine) start;

    public void Restart() => start = Read();

    /// <summary>Since <see cref="Restart"/>.</summary>
    public CpuUse Used()
    {
        (ProcessTree own, ProcessTree server, TimeSpan machine) = Read();
        return new CpuUse(
            (own.Root - start.Own.Root).TotalSeconds,
            (own.Below - start.Own.Below).TotalSeconds,
            database is null ? null : (server.Total - start.Database.Total).TotalSeconds,
            (machine - start.Machine).TotalSeconds);
    }

    private (ProcessTree Own, ProcessTree Database, TimeSpan Machine) Read() =>
        (ProcessTree.Read(Environment.ProcessId), database is { } id ? ProcessTree.Read(id) : default, ProcStat.Machine());
}
