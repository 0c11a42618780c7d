using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;
using Ratchet.Execution.Packages;

namespace Ratchet.Cli.Tasks;

/// <summary><c>ratchet task push</c>: sends a task's folder, or a zip of one, to a server.</summary>
internal static class TaskPushCommand
{
    /// <summary>The server checks a task in a sandbox, one after the other.</summary>
    private static readonly TimeSpan CheckTime = TimeSpan.FromSeconds(90);

    public static Command Create(ServerOption server)
    {
        Argument<string> path = new("PATH") { Description = "The task's folder, or a zip of one." };
        Option<string> promote = new("--promote") { Description = "Whether the version becomes current: auto (when it is newer, the default), always or never.", HelpName = "WHEN" };
        promote.AcceptOnlyFromAmong("auto", "always", "never");
        OutputOption output = new();
        return new Command("push", "Sends a task to the server, which checks it and stores it as a version.") { path, promote, output }.Runs(async (parsed, cancel) =>
        {
            byte[] zip = TaskZip.Of(parsed.GetRequiredValue(path), out string name);
            string query = ApiPath.Query([("name", name), ("promote", parsed.GetValue(promote))]);
            using ApiClient client = server.Connect(parsed);
            ApiAnswer answer = await Spinner.WhileAsync($"{name} is being checked", client.PostZipAsync($"tasks?{query}", zip, CheckTime, cancel));
            Show.Write(answer.Body, output.Of(parsed), Write);
            return ExitCodes.Ok;
        });
    }

    private static void Write(JsonElement version)
    {
        string verb = version.Shown("created") == "true" ? "is stored" : "was there already";
        string currency = version.Shown("current") == "true" ? "and is current" : $"and is not current; 'ratchet task promote {version.Shown("name")} {version.Shown("version")}' makes it so";
        Console.Out.WriteLine(Messages.Clean($"{version.Shown("name")} {version.Shown("version")} {verb} {currency}"));
    }
}
