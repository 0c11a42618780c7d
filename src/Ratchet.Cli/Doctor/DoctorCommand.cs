using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Serve;
using Ratchet.Configuration;

namespace Ratchet.Cli.Doctor;

/// <summary><c>ratchet doctor</c>: whether a server would work here, with the settings that it would have, and how well its sandboxes are walled in.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var options = new ServeOptions();
        var output = new OutputOption();
        var command = new Command("doctor", "Checks this machine: the runtime, the sandbox and the walls around it, the folders.");
        options.AddTo(command);
        command.Options.Add(output);
        return command.Runs((parsed, cancel) => RunAsync(options.Flags(parsed), options.File(parsed), output.Of(parsed), cancel));
    }

    private static async Task<int> RunAsync(Dictionary<string, string?> flags, string? file, OutputFormat format, CancellationToken cancel)
    {
        LoadedSettings settings = new SettingsLoader(ServerHost.Known).Load(flags, Environment.GetEnvironmentVariables(), file);
        IReadOnlyList<Finding> findings = [MachineChecks.Runtime(), .. await SandboxChecks.RunAsync(settings, cancel), .. FolderChecks.Run(settings)];
        bool ok = findings.All(finding => finding.Severity != Severity.Failed);
        if (format == OutputFormat.Table) TableOutput.Write([new("CHECK", 1), new("STATE", 2), new("DETAIL", 3, Fit.Wrap)], findings.Select(finding => new[] { finding.Name, finding.State, finding.Detail }));
        else Show.Write(Json(findings, ok), format, _ => { });
        return ok ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static JsonElement Json(IReadOnlyList<Finding> findings, bool ok) => JsonSerializer.SerializeToElement(new
    {
        ok,
        checks = findings.Select(finding => new { name = finding.Name, state = finding.State, detail = finding.Detail }),
    });
}
