using System.CommandLine;

namespace Ratchet.Cli.Output;

/// <summary>Joins a command to its code: every error becomes one clear sentence and an exit code, never a stack trace.</summary>
internal static class CommandActions
{
    public static T Runs<T>(this T command, Func<ParseResult, CancellationToken, Task<int>> action) where T : Command
    {
        command.SetAction((parsed, cancel) => GuardAsync(action, parsed, cancel));
        return command;
    }

    private static async Task<int> GuardAsync(Func<ParseResult, CancellationToken, Task<int>> action, ParseResult parsed, CancellationToken cancel)
    {
        try
        {
            return await action(parsed, cancel);
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            // Whatever else went wrong on the way out follows from the interruption.
            Messages.Note("interrupted");
            return ExitCodes.Interrupted;
        }
        catch (CliException error)
        {
            Messages.Error(error.Message);
            foreach (string line in error.Lines) Messages.Note($"  {line}");
            return error.ExitCode;
        }
        catch (Exception error) when (error is RatchetException or IOException or UnauthorizedAccessException)
        {
            Messages.Error(error.Message);
            return ExitCodes.Failed;
        }
        catch (Exception error) when (Environment.GetEnvironmentVariable("RATCHET_DEBUG") is null or "")
        {
            Messages.Error($"this is a defect in ratchet: {error.GetType().Name}: {error.Message} (RATCHET_DEBUG=1 shows where)");
            return ExitCodes.Failed;
        }
    }
}
