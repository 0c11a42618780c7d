using System.CommandLine;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Jobs;

/// <summary><c>ratchet job</c>: jobs of a server.</summary>
internal static class JobCommand
{
    public static Command Create()
    {
        ServerOption server = new();
        return new Command("job", "Runs, shows, lists and controls jobs of a server.")
        {
            server, JobRunCommand.Create(server), JobGetCommand.Create(server), JobListCommand.Create(server), JobWhyCommand.Create(server), JobEventsCommand.Create(server), JobLogsCommand.Create(server),
            JobCancelCommand.Create(server), JobRetryCommand.Create(server), JobPriorityCommand.Create(server), JobDeleteCommand.Create(server),
        };
    }
}
