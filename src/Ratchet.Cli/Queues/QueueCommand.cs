using System.CommandLine;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Queues;

/// <summary><c>ratchet queue</c>: queues of a server.</summary>
internal static class QueueCommand
{
    private const string Path = "queues";

    public static Command Create()
    {
        ServerOption server = new();
        Argument<string> name = new("NAME") { Description = "The queue's name." };
        return new Command("queue", "Lists, shows and controls queues of a server.")
        {
            server,
            ReadCommands.List(server, Path, "Lists queues with their jobs by state.", QueueTable.WriteAll),
            ReadCommands.Get(server, Path, "Shows a queue with its limit and its weights.", name, QueueTable.WriteFields),
            ModeCommands.Create(server, Path, "queue", "pause", "Starts no more of its jobs; it takes new ones, and what runs goes on.", QueueTable.WriteOne),
            ModeCommands.Create(server, Path, "queue", "drain", "Takes no more jobs; those that it has are done.", QueueTable.WriteOne),
            ModeCommands.Create(server, Path, "queue", "resume", "Takes jobs and starts them.", QueueTable.WriteOne),
            QueueWeightCommand.Create(server),
        };
    }
}
