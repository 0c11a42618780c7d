using System.Globalization;
using Ratchet.Configuration;
using Ratchet.Execution.Sandboxes;
using Ratchet.Execution.Sandboxes.Walls;
using Ratchet.Silo.Hosting;

namespace Ratchet.Cli.Doctor;

/// <summary>The sandbox program, its start, and the walls as a process behind them finds them.</summary>
internal static class SandboxChecks
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(LoadedSettings settings, CancellationToken cancel)
    {
        SandboxOptions options = settings.Get<SandboxOptions>(SiloSections.Sandbox);
        List<Finding> findings = [];
        try
        {
            findings.Add(new Finding("native library", Severity.Ok, $"{SandboxExaminer.NativeLibrary(options)}, for linux-x64."));
        }
        catch (RatchetException e)
        {
            return [new Finding("native library", Severity.Failed, e.Message)];
        }
        try
        {
            SandboxExamination found = await SandboxExaminer.ExamineAsync(options, TimeProvider.System, cancel);
            findings.Add(new Finding("sandbox", Severity.Ok, string.Create(CultureInfo.InvariantCulture, $"Ready {found.Start.TotalMilliseconds:0} ms after its start.")));
            findings.Add(Isolation(found.Walls));
            findings.AddRange(found.Found.Select(wall => new Finding(wall.Name, wall.Stands ? Severity.Ok : Severity.Warning, wall.Detail)));
        }
        catch (RatchetException e)
        {
            findings.Add(new Finding("sandbox", Severity.Failed, e.Message));
        }
        return findings;
    }

    private static Finding Isolation(SandboxWalls walls)
    {
        string why = string.Join(' ', walls.Refused.Select(refused => $"Not {IsolationNames.Of(refused.Level)}: {refused.Reason}"));
        return new Finding("isolation", walls.Level == IsolationLevel.None ? Severity.Warning : Severity.Ok, $"{walls.Name}. {why}".TrimEnd());
    }
}
