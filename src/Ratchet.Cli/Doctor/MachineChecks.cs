using System.Runtime.InteropServices;

namespace Ratchet.Cli.Doctor;

/// <summary>What Ratchet itself runs on.</summary>
internal static class MachineChecks
{
    /// <summary>The command would not have started without a runtime: it says which one.</summary>
    public static Finding Runtime() => new("runtime", Severity.Ok, $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors.");
}
