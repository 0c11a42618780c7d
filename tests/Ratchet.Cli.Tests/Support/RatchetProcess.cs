using System.Diagnostics;
using System.Runtime.InteropServices;
using Ratchet.Tests.Support;

namespace Ratchet.Cli.Tests.Support;

/// <summary>The built command as its users run it: a process of its own.</summary>
public sealed class RatchetProcess : IDisposable
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private RatchetProcess(string[] args, string? input, IEnumerable<KeyValuePair<string, string>> environment)
    {
        ProcessStartInfo start = new(Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Repository.Program },
        };
        foreach (string arg in args) start.ArgumentList.Add(arg);
        start.Environment.Remove("RATCHET_URL");
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        process = Process.Start(start)!;
        if (input is not null) process.StandardInput.Write(input);
        process.StandardInput.Close();
        output = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
    }

    public static RatchetProcess Start(params string[] args) => new(args, null, []);

    public static Task<RatchetResult> RunAsync(params string[] args) => RunAsync(args, null, []);

    public static async Task<RatchetResult> RunAsync(string[] args, string? input, IEnumerable<KeyValuePair<string, string>> environment)
    {
        using RatchetProcess ratchet = new(args, input, environment);
        return await ratchet.EndAsync();
    }

    public void Signal(int signal) => Assert.Equal(0, Kill(process.Id, signal));

    public async Task<RatchetResult> EndAsync()
    {
        using CancellationTokenSource late = new(Longest);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"ratchet did not end within {Longest}; stdout: {await output}; stderr: {await error}");
        }

        return new RatchetResult(process.ExitCode, await output, await error);
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}

public sealed record RatchetResult(int ExitCode, string Output, string Error)
{
    /// <summary>A failure shows all of stderr beside the exit code.</summary>
    public void Is(int exitCode, string output) =>
        Assert.True((ExitCode, Output) == (exitCode, output), $"Wanted exit code {exitCode} and '{output}', got {ExitCode} and '{Output}':\n{Error}");

    /// <summary>Fails with the message in stderr and nothing on stdout, and shows nobody a stack trace of ours.</summary>
    public void Fails(int exitCode, string message)
    {
        Is(exitCode, "");
        Assert.Contains(message, Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Ratchet.", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("defect", Error, StringComparison.Ordinal);
    }
}
