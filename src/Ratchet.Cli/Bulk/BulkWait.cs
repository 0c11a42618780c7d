using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;
using Spectre.Console;

namespace Ratchet.Cli.Bulk;

/// <summary>Follows an operation to its end; its progress is on stderr, when somebody sits there to see it.</summary>
internal static class BulkWait
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns the operation as it last was: ended, or not when <paramref name="timeout"/> is over.</summary>
    public static async Task<JsonElement> RunAsync(ApiClient client, JsonElement operation, TimeSpan? timeout, TimeProvider time, CancellationToken cancel)
    {
        if (Console.IsErrorRedirected) return await FollowAsync(client, operation, timeout, _ => { }, time, cancel);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        Progress progress = console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
        return await progress.StartAsync(shown =>
        {
            ProgressTask bar = shown.AddTask(Markup.Escape(Messages.Clean(operation.Shown("action"))), maxValue: Math.Max(1, Number(operation, "total")));
            return FollowAsync(client, operation, timeout, now => bar.Value = Ended(now) ? bar.MaxValue : Number(now, "changed") + Number(now, "skipped"), time, cancel);
        });
    }

    private static async Task<JsonElement> FollowAsync(
        ApiClient client, JsonElement operation, TimeSpan? timeout, Action<JsonElement> report, TimeProvider time, CancellationToken cancel)
    {
        long started = time.GetTimestamp();
        string path = ApiPath.Of(BulkCommand.Path, operation.Shown("id"));
        while (true)
        {
            report(operation);
            TimeSpan left = timeout is { } most ? most - time.GetElapsedTime(started) : TimeSpan.MaxValue;
            if (Ended(operation) || left <= TimeSpan.Zero) return operation;
            await Task.Delay(left < PollPeriod ? left : PollPeriod, time, cancel);
            operation = (await client.GetAsync(path, cancel)).Body;
        }
    }

    private static bool Ended(JsonElement operation) => operation.Shown("state") != "RUNNING";

    private static double Number(JsonElement operation, string key) => operation.Field(key) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : 0;
}
