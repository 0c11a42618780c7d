using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Ratchet.Execution.Sandboxes.Walls;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes;

/// <summary>Where the sandbox program and the .NET host that runs it are.</summary>
internal sealed record SandboxProgram(string Host, string Assembly)
{
    private const string NativeLibrary = "ClearScriptV8.linux-x64.so";

    // Of an ELF file's header (elf(5)): the mark, 64 bits, and the machine's number at byte 18.
    private static readonly byte[] ElfMark = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2];
    private const int MachineOffset = 18;
    private const byte MachineX64 = 62;

    /// <summary>Path of the native library.</summary>
    public string Library => Path.Combine(Path.GetDirectoryName(Assembly)!, NativeLibrary);

    /// <summary>How it is started.</summary>
    public SandboxWalls Walls { get; init; } = SandboxWalls.Bare;

    /// <summary>A port of the loopback on which its scripts can be debugged; null for none.</summary>
    public int? InspectPort { get; init; }

    /// <summary>Where its memory is limited by the kernel; null: the node watches it.</summary>
    public MemoryGroups? Memory { get; init; }

    /// <summary>With the walls, and the limits of memory, that the options ask for.</summary>
    /// <exception cref="RatchetException">Something is missing, this is not the machine that the native library is for, or the walls that are asked for are not to be had.</exception>
    public static SandboxProgram Ready(SandboxOptions options)
    {
        SandboxProgram program = Find(options);
        return program with { Walls = SandboxWalls.For(options, program), Memory = options.Cgroup is { } folder ? MemoryGroups.Open(folder) : null };
    }

    /// <summary>The same to be debugged: without walls, for a debugger needs a socket.</summary>
    public SandboxProgram Inspected(int port) => this with { InspectPort = port, Walls = SandboxWalls.Bare, Memory = null };

    /// <summary>The command that starts it.</summary>
    public ProcessStartInfo Command() =>
        InspectPort is { } port ? Walls.Command(this, WallReport.InspectSwitch, port.ToString(CultureInfo.InvariantCulture)) : Walls.Command(this);

    /// <exception cref="RatchetException">Something is missing, or this is not the machine that the native library is for.</exception>
    public static SandboxProgram Find(SandboxOptions options)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            throw new RatchetException($"The sandbox runs on linux-x64 only; this is {RuntimeInformation.RuntimeIdentifier}.");
        string assembly = Path.GetFullPath(
            options.Program ?? Environment.GetEnvironmentVariable("RATCHET_SANDBOX") ?? Path.Combine(AppContext.BaseDirectory, "sandbox", "Ratchet.Sandbox.dll"));
        Require(assembly, "The sandbox program");
        string library = Path.Combine(Path.GetDirectoryName(assembly)!, NativeLibrary);
        Require(library, "The sandbox's native library");
        RequireMachine(library);
        string host = options.DotnetHost ?? Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
            ?? Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        Require(host, "The .NET host for the sandbox");
        return new SandboxProgram(host, assembly);
    }

    private static void RequireMachine(string library)
    {
        byte[] header = new byte[MachineOffset + 1];
        using FileStream file = File.OpenRead(library);
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.AsSpan().StartsWith(ElfMark) || header[MachineOffset] != MachineX64)
            throw new RatchetException($"The sandbox's native library is not one for linux-x64: {library}. Install Ratchet's build for this machine.");
    }

    private static void Require(string file, string what)
    {
        if (!File.Exists(file)) throw new RatchetException($"{what} is missing: {file} does not exist. Set RATCHET_SANDBOX to the path of Ratchet.Sandbox.dll.");
    }
}
