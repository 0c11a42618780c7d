using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Execution.Fetch;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes.Walls;

/// <summary>What an operator wants to know of a machine's sandboxes before anything depends on them.</summary>
/// <param name="Program">Path of the sandbox program.</param>
/// <param name="Host">Path of the .NET host that runs it.</param>
/// <param name="Start">From the start of a process until it could take work.</param>
/// <param name="Found">The walls one by one, as a process behind them finds them.</param>
public sealed record SandboxExamination(string Program, string Host, SandboxWalls Walls, TimeSpan Start, IReadOnlyList<Wall> Found);

/// <summary>One wall.</summary>
/// <param name="Stands">Whether it is there.</param>
/// <param name="Detail">One sentence for the operator.</param>
public sealed record Wall(string Name, bool Stands, string Detail);

/// <summary>Starts real sandboxes and looks.</summary>
public static class SandboxExaminer
{
    /// <summary>Path of the native library; it is there and for this machine.</summary>
    /// <exception cref="RatchetException">The sandbox program or its native library is missing or for another machine: says which file and what to do.</exception>
    public static string NativeLibrary(SandboxOptions options) => SandboxProgram.Find(options).Library;

    /// <exception cref="RatchetException">Sandboxes do not work here, or the walls that are asked for are not to be had: says why.</exception>
    public static async Task<SandboxExamination> ExamineAsync(SandboxOptions options, TimeProvider time, CancellationToken cancel)
    {
        options.Validate();
        SandboxProgram program = SandboxProgram.Ready(options);
        long started = time.GetTimestamp();
        await using (var pool = new SandboxPool(options with { Processes = 1, Spares = 0, WarmValidator = false }, new NoNetwork(), time, NullLogger<SandboxPool>.Instance))
        {
            await pool.StartAsync(cancel);
        }
        TimeSpan start = time.GetElapsedTime(started);
        WallReport report = await WallInspection.LookAsync(program, cancel);
        return new SandboxExamination(program.Assembly, program.Host, program.Walls, start, Walls(program, report));
    }

    private static IReadOnlyList<Wall> Walls(SandboxProgram program, WallReport report)
    {
        bool own = program.Walls.Level != IsolationLevel.None;
        string interfaces = string.Join(", ", report.Interfaces);
        return
        [
            new Wall("network", report.Interfaces.Count == 0 || !report.Sockets,
                $"{(report.Interfaces.Count == 0 ? "No interface but loopback" : $"The machine's interfaces ({interfaces})")}; {(report.Sockets ? "sockets can be made" : "no socket can be made")}."),
            new Wall("files", own, own ? $"A view of its own, read-only: {string.Join(' ', report.Root)}." : "The machine's files, as far as the user may read them."),
            new Wall("writing", !report.Writes, report.Writes ? "Files can be written." : "No file can be written."),
            new Wall("processes", own, own ? "Sees no process but its own." : "Sees the machine's processes."),
            new Wall("user", report.User != 0 || Environment.UserName != "root", $"User {report.User}, group {report.Group}{(program.Walls.UserRefused is { } why ? $": {why}" : ".")}"),
            new Wall("capabilities", report.Capabilities == 0, report.Capabilities == 0 ? "None." : string.Create(CultureInfo.InvariantCulture, $"{BitOperations.PopCount(report.Capabilities)} of root's.")),
            new Wall("privileges", report.NoNewPrivileges, report.NoNewPrivileges ? "None can be gained (no_new_privs)." : "no_new_privs is not set."),
            new Wall("system calls", report.Filtered, report.Filtered ? "Those that no sandbox needs are refused (seccomp)." : "Not filtered: this kernel has no seccomp filters."),
            new Wall("resources", report.OpenFiles <= 256, string.Create(CultureInfo.InvariantCulture, $"{report.OpenFiles} open files, no core files, low priority.")),
            new Wall("memory", true, program.Memory is null ? "Watched by the node each 100 ms; Sandbox:Cgroup would have the kernel do it." : "Limited by the kernel, in a cgroup each."),
        ];
    }

    private sealed class NoNetwork : IFetchBroker
    {
        public Task<FetchResponse> FetchAsync(FetchRequest request, CancellationToken cancel) => throw new FetchException("NetworkError", "This sandbox has no network.");
    }
}
