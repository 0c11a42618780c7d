using System.Diagnostics;
using Ratchet.Tests.Support;

namespace Ratchet.Cluster.Tests;

/// <summary>The built command, run to its end.</summary>
internal static class RatchetCommand
{
    public static async Task<(int Code, string Output, string Error)> RunAsync(Database database, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = database.Folder };
        foreach (string arg in (string[])[Repository.Program, .. args]) start.ArgumentList.Add(arg);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
