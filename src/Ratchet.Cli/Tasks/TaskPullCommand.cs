using System.CommandLine;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Tasks;

/// <summary><c>ratchet task pull</c>: a version's files as a zip.</summary>
internal static class TaskPullCommand
{
    public static Command Create(ServerOption server)
    {
        Argument<string> name = new("NAME") { Description = "The task's name." };
        Option<string> version = new("--version") { Description = "The version; the current one otherwise.", HelpName = "VERSION" };
        Option<string> file = new("--out") { Description = "The zip to write; NAME.zip otherwise. '-' is stdout.", HelpName = "FILE" };
        return new Command("pull", "Gets a version's files as a zip.") { name, version, file }.Runs(async (parsed, cancel) =>
        {
            string task = parsed.GetRequiredValue(name);
            string path = parsed.GetValue(version) is { } number ? ApiPath.Of("tasks", task, "versions", number, "zip") : ApiPath.Of("tasks", task, "zip");
            using ApiClient client = server.Connect(parsed);
            byte[] zip = await client.GetBytesAsync(path, cancel);
            string to = parsed.GetValue(file) ?? $"{task}.zip";
            if (to == "-")
            {
                await using Stream output = Console.OpenStandardOutput();
                await output.WriteAsync(zip, cancel);
                return ExitCodes.Ok;
            }

            await File.WriteAllBytesAsync(to, zip, cancel);
            Messages.Note($"{task} is in {to}");
            return ExitCodes.Ok;
        });
    }
}
