using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Process;

/// <summary>Ends the process because the protocol was broken or the program itself is wrong; the parent reads the line as evidence.</summary>
internal static class Defect
{
    public static void End(Exception error)
    {
        Console.Error.WriteLine($"ratchet-sandbox: {error.GetType().Name}: {error.Message}");
        Console.Error.WriteLine(error.StackTrace);
        ProcessLimits.Exit(ExitCodes.Defect);
    }
}
