using System.Runtime.InteropServices;

namespace Ratchet.Execution.Sandboxes;

/// <summary>Where the sandbox program and the .NET host that runs it are.</summary>
internal sealed record SandboxProgram(string Host, string Assembly)
{
    private const string NativeLibrary = "ClearScriptV8.linux-x64.so";

    /// <exception cref="RatchetException">Something is missing, or this is not the machine that the native library is for.</exception>
    public static SandboxProgram Find(SandboxOptions options)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            throw new RatchetException($"The sandbox runs on linux-x64 only; this is {RuntimeInformation.RuntimeIdentifier}.");
        string assembly = Path.GetFullPath(
            options.Program ?? Environment.GetEnvironmentVariable("RATCHET_SANDBOX") ?? Path.Combine(AppContext.BaseDirectory, "sandbox", "Ratchet.Sandbox.dll"));
        Require(assembly, "The sandbox program");
        Require(Path.Combine(Path.GetDirectoryName(assembly)!, NativeLibrary), "The sandbox's native library");
        string host = options.DotnetHost ?? Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
            ?? Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        Require(host, "The .NET host for the sandbox");
        return new SandboxProgram(host, assembly);
    }

    private static void Require(string file, string what)
    {
        if (!File.Exists(file)) throw new RatchetException($"{what} is missing: {file} does not exist. Set RATCHET_SANDBOX to the path of Ratchet.Sandbox.dll.");
    }
}
