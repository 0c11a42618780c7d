using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Ratchet.Bench.Report;

/// <summary>Versions as the programs themselves tell them.</summary>
public static partial class ToolVersion
{
    /// <summary>The first version in the answer to --version; <c>none</c> when there is no such program.</summary>
    public static async Task<string> OfAsync(string program, CancellationToken cancel) =>
        await LineAsync(program, ["--version"], cancel) is { } line && Number().Match(line) is { Success: true } match ? match.Value : "none";

    /// <summary>The first line that a program prints; null when it cannot be started or prints none.</summary>
    public static async Task<string?> LineAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string output = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()?.Trim();
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex Number();
}
