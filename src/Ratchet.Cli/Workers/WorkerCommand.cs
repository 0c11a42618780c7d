using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Workers;

/// <summary><c>ratchet worker</c>: the worker nodes of a server's cluster.</summary>
internal static class WorkerCommand
{
    private const string Path = "workers";

    public static Command Create()
    {
        ServerOption server = new();
        Argument<string> name = new("NAME") { Description = "The worker's name." };
        return new Command("worker", "Lists, shows, drains and resumes workers of a server's cluster.")
        {
            server,
            ReadCommands.List(server, Path, "Lists workers.", workers => Write(workers.EnumerateArray())),
            ReadCommands.Get(server, Path, "Shows a worker.", name, WriteFields),
            ModeCommands.Create(server, Path, "worker", "drain", "Lets it finish what it has and take no more, until its next start.", WriteOne),
            ModeCommands.Create(server, Path, "worker", "resume", "Lets it take jobs again.", WriteOne),
        };
    }

    private static void WriteOne(JsonElement worker) => Write([worker]);

    private static void Write(IEnumerable<JsonElement> workers) => TableOutput.Write(
        [new("NAME", 1), new("MODE", 2), new("RUNNING", 3), new("CAPACITY", 4), new("PROCESSORS", 6), new("MEMORY", 5), new("ISOLATION", 7)],
        workers.Select(w => new[] { w.Shown("name"), w.Shown("mode"), w.Shown("running"), w.Shown("capacity"), w.Shown("processors"), Memory(w), w.Shown("isolation") }));

    private static void WriteFields(JsonElement w) => TableOutput.WriteFields(new Dictionary<string, string>
    {
        ["name"] = w.Shown("name"), ["incarnation"] = w.Shown("incarnation"), ["mode"] = w.Shown("mode"), ["running"] = w.Shown("running"), ["capacity"] = w.Shown("capacity"),
        ["processors"] = w.Shown("processors"), ["memory"] = Memory(w), ["isolation"] = w.Shown("isolation"),
    });

    private static string Memory(JsonElement worker) => worker.Field("memoryBytes") is { ValueKind: JsonValueKind.Number } bytes
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes.GetDouble() / (1 << 30):0.0} GiB") : "";
}
