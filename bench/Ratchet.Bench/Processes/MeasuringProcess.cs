using System.Diagnostics;
using System.Text.Json;
using Ratchet.Bench.Figures;
using Ratchet.Bench.Run;

namespace Ratchet.Bench.Processes;

/// <summary>A process that takes one plan as its argument, prints figures as JSON lines, and ends when its stdin does.</summary>
public static class MeasuringProcess
{
    /// <summary>Lines of stderr that are shown when it fails.</summary>
    private const int Tail = 12;

    /// <param name="patience">How long it may take.</param>
    /// <exception cref="RatchetException">It failed, or took too long.</exception>
    public static async Task<IReadOnlyList<Figure>> RunAsync(
        IReadOnlyList<string> command, object plan, IReadOnlyDictionary<string, string?> environment, TimeSpan patience, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in command.Skip(1)) start.ArgumentList.Add(argument);
        start.ArgumentList.Add(JsonSerializer.Serialize(plan, Figure.Json));
        foreach ((string name, string? value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start) ?? throw new RatchetException($"{command[0]} cannot be started.");
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        bound.CancelAfter(patience);
        try
        {
            Task<Queue<string>> errors = TailAsync(process.StandardError, bound.Token);
            List<Figure> figures = await FiguresAsync(process.StandardOutput, bound.Token);
            await process.WaitForExitAsync(bound.Token);
            if (process.ExitCode != 0) throw new RatchetException($"exit code {process.ExitCode}: {string.Join(Environment.NewLine, await errors)}");
            return figures;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new RatchetException($"it has not ended within {patience.TotalMinutes:0} minutes.");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<List<Figure>> FiguresAsync(StreamReader output, CancellationToken cancel)
    {
        var figures = new List<Figure>();
        while (await output.ReadLineAsync(cancel) is { } line)
        {
            if (!line.StartsWith('{'))
            {
                Progress.Note(line);
                continue;
            }

            Figure figure = JsonSerializer.Deserialize<Figure>(line, Figure.Json)!;
            figures.Add(figure);
            // A round that took much longer than its neighbours is seen while it happens.
            if (figure.TotalSeconds is { } seconds) Progress.Note(FormattableString.Invariant($"    round {figure.Round}: {figure.Jobs:#,0} jobs in {seconds:0.00} s"));
        }

        return figures;
    }

    private static async Task<Queue<string>> TailAsync(StreamReader errors, CancellationToken cancel)
    {
        var tail = new Queue<string>();
        while (await errors.ReadLineAsync(cancel) is { } line)
        {
            tail.Enqueue(line);
            if (tail.Count > Tail) tail.Dequeue();
        }

        return tail;
    }
}
