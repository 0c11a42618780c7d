using System.ComponentModel;
using System.Diagnostics;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes.Walls;

/// <summary>Starts a sandbox behind the walls that are in force, lets it look at them from within, and times its start.</summary>
internal static class WallInspection
{
    /// <exception cref="RatchetException">It cannot be started, or says nothing of use.</exception>
    public static async Task<WallReport> LookAsync(SandboxProgram program, CancellationToken cancel)
    {
        ProcessStartInfo start = program.Walls.Command(program, WallReport.Switch);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        try
        {
            using Process process = StarterThread.Start(start);
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancel), errors = process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return WallReport.Parse(await output) ?? throw new RatchetException($"The sandbox ends with exit code {process.ExitCode}: {FirstLine(await errors)}");
        }
        catch (Win32Exception e)
        {
            throw new RatchetException($"The sandbox cannot be started: {start.FileName}: {e.Message}.", e);
        }
    }

    private static string FirstLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "it says nothing.";
}
