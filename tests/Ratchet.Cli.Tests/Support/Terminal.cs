using System.Diagnostics;
using System.Text.RegularExpressions;
using Ratchet.Tests.Support;

namespace Ratchet.Cli.Tests.Support;

/// <summary>The built command on a terminal of some width, made by script(1).</summary>
internal static partial class Terminal
{
    /// <summary>What stands on the screen, without colours; stdout and stderr together.</summary>
    public static async Task<string[]> RunAsync(int width, params string[] args)
    {
        string command = $"stty cols {width} rows 50; exec dotnet '{Repository.Program}' {string.Join(' ', args.Select(arg => $"'{arg}'"))}";
        ProcessStartInfo start = new("script") { RedirectStandardInput = true, RedirectStandardOutput = true, ArgumentList = { "-qec", command, "/dev/null" } };
        start.Environment["TERM"] = "xterm";
        using Process process = Process.Start(start)!;
        string text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return [.. Controls().Replace(text, "").Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0)];
    }

    [GeneratedRegex(@"\e\[[?0-9;]*[A-Za-z]|\e[=>]")]
    private static partial Regex Controls();
}
