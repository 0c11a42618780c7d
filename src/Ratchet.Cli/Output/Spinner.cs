using Spectre.Console;

namespace Ratchet.Cli.Output;

/// <summary>Shows on stderr that something takes long, when somebody sits there to see it.</summary>
internal static class Spinner
{
    /// <summary>Shorter waits end before anybody wonders; a spinner would only flicker.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<T> WhileAsync<T>(string message, Task<T> work)
    {
        if (Console.IsErrorRedirected) return await work;
        using CancellationTokenSource ended = new();
        Task patience = Task.Delay(Patience, TimeProvider.System, ended.Token);
        if (await Task.WhenAny(work, patience) == work)
        {
            await ended.CancelAsync();
            return await work;
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Status().StartAsync(Markup.Escape(message), _ => work);
    }
}
