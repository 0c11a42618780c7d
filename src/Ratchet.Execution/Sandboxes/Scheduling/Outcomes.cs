using Ratchet.Execution.Recordings;
using Ratchet.Jobs;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes.Scheduling;

/// <summary>Makes outcomes of what processes say and of how they end.</summary>
internal sealed class Outcomes(TimeProvider time)
{
    /// <summary>Longer than any run takes: what a process says beyond it is not believed, and nothing that is worked out with it overflows.</summary>
    private const long MostMicros = 24L * 3_600 * 1_000_000;

    /// <summary>Most characters of a failure's details: its process sends no more.</summary>
    private const int MostDetailChars = 64 << 10;

    /// <summary>What a Result says. Null when a child of ours would not say it: an interrupt that nobody asked for, a limit that the run does not have.</summary>
    public RunOutcome? Of(PoolRun run, in ResultFrame result, RunTrace? trace, DateTimeOffset now)
    {
        Failure? failure = null;
        byte[]? output = result.Output;
        RunLimits limits = run.Lane!.Limits;
        if (output is not null && !JsonDepth.Holds(output, limits.JsonDepth))
        {
            output = null;
            failure = new Failure(FailureKind.InvalidOutput, "InvalidOutput", $"The output is nested more than {limits.JsonDepth} levels deep or is not JSON.");
        }
        else if (output?.Length > limits.OutputBytes)
        {
            output = null;
            failure = new Failure(FailureKind.InvalidOutput, "InvalidOutput", $"The output is larger than the limit of {limits.OutputBytes} bytes.");
        }
        else if (output is null)
        {
            failure = FailureOf(run, result);
            if (failure is null) return null;
        }
        return new RunOutcome
        {
            Output = output,
            Failure = failure,
            StartedAt = Earlier(now - TimeSpan.FromMicroseconds(Math.Min(result.ElapsedMicros, MostMicros)), run.StartedAt),
            FinishedAt = now,
            Log = run.Log.Lines,
            Recorded = run.Recorded(failure is not null, trace),
            Profile = run.Profile?.ToArray(),
            Divergence = run.Request.Replay is not null && result.Divergence is { } divergence ? new ReplayDivergence(divergence.Text, divergence.CallsBefore) : null,
            RecordingEnded = result.Status == ResultStatus.RecordingEnded,
        };
    }

    public RunOutcome Cancelled(PoolRun run) => Failed(run, FailureKind.Cancelled, "Cancelled", "The run was cancelled.");

    public RunOutcome Overdue(PoolRun run) => run.Interruption == Interruption.Cancelled ? Cancelled(run) : Failed(run, FailureKind.Timeout, "Timeout", TimeoutText(run, ""));

    public RunOutcome LoadOverdue(PoolRun run, TimeSpan limit) =>
        Failed(run, FailureKind.Timeout, "Timeout", $"The task was not loaded within {Duration(limit)}: its top-level code or its schemas do not end.");

    public RunOutcome OutOfMemory(PoolRun run, bool loading) => Failed(
        run, FailureKind.OutOfMemory, "OutOfMemory", $"The task used more memory than its {run.Lane!.Limits.HeapMb} MiB{(loading ? " while it was loaded" : "")}.");

    public RunOutcome Lost(PoolRun run, Death death) => Failed(run, FailureKind.WorkerLost, "WorkerLost", $"The sandbox process ended under the run ({death.Summary}).");

    /// <summary>What an input that no run begins with makes of it; null when it may begin. Inputs of jobs were read by the server, which goes no deeper than a task may allow by default.</summary>
    /// <param name="most">Levels.</param>
    public RunOutcome? Refused(PoolRun run, int most) =>
        most >= Limits.JsonDepth || JsonDepth.Holds(run.Request.Input.Span, most) ? null
            : Failed(run, FailureKind.InvalidInput, "InvalidInput", $"The input is nested more than {most} levels deep or is not JSON.");

    public RunOutcome CannotStart(PoolRun run, string why) => Failed(run, FailureKind.WorkerLost, "WorkerLost", why) with { NeverBegan = run.StartedAt is null };

    private RunOutcome Failed(PoolRun run, FailureKind kind, string name, string message)
    {
        DateTimeOffset now = time.GetUtcNow();
        TimeSpan ran = run.RunningSince == 0 ? TimeSpan.Zero : time.GetElapsedTime(run.RunningSince);
        return new RunOutcome
        {
            Failure = new Failure(kind, name, Cut(message, Limits.FailureMessageChars)),
            StartedAt = run.StartedAt ?? now - ran,
            FinishedAt = now,
            // What its process had sent before it was ended.
            Log = run.Log.Lines,
            Recorded = run.Recorded(failed: true, trace: null),
        };
    }

    /// <summary>A result may lie unread for a while; by then its start has been told, and no later one is to be recorded.</summary>
    private static DateTimeOffset Earlier(DateTimeOffset counted, DateTimeOffset? told) => told < counted ? told.Value : counted;

    private static Failure? FailureOf(PoolRun run, in ResultFrame result)
    {
        ResultError error = result.Error!;
        if (result.Status == ResultStatus.RecordingEnded)
            return run.Request.Replay is null ? null : new Failure(FailureKind.Timeout, "Timeout", "The recorded run was stopped here.");
        if (result.Status == ResultStatus.CpuExceeded)
        {
            return run.Lane!.Limits.CpuTime is not { } most ? null
                : new Failure(FailureKind.CpuLimit, "CpuLimit", $"The task used more processor time than its limit of {Duration(most)}.");
        }
        if (result.Status >= ResultStatus.InterruptedRunning)
        {
            if (run.Interruption == Interruption.None) return null;
            if (run.Interruption == Interruption.Cancelled) return new Failure(FailureKind.Cancelled, "Cancelled", "The run was cancelled.");
            if (result.Status == ResultStatus.HeapFull)
                return new Failure(FailureKind.OutOfMemory, "OutOfMemory", $"The task had all but filled its heap of {run.Lane!.Limits.HeapMb} MiB when its time was over.");
            return new Failure(FailureKind.Timeout, "Timeout", TimeoutText(run, result.Status switch
            {
                ResultStatus.InterruptedWaiting => " while it waited for a fetch or a timer",
                ResultStatus.InterruptedForgotten => " while it waited for a promise that nothing was going to settle",
                _ => "",
            }));
        }
        FailureKind kind = result.Status switch
        {
            ResultStatus.InvalidInput => FailureKind.InvalidInput,
            ResultStatus.InvalidOutput => FailureKind.InvalidOutput,
            ResultStatus.Configuration => FailureKind.ConfigurationError,
            _ => FailureKind.TaskError,
        };
        return new Failure(kind, Cut(error.Name, Limits.NameChars), Cut(error.Message, Limits.FailureMessageChars),
            error.Stack is null ? null : Cut(error.Stack, Limits.FailureStackChars), DetailsOf(error.Details));
    }

    private static string TimeoutText(PoolRun run, string where) => $"The task ran longer than its timeout of {Duration(run.Request.Timeout)}{where}.";

    private static string Duration(TimeSpan span) => span.TotalSeconds >= 1
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0.###} ms");

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];

    private static string? DetailsOf(string? details) => details?.Length <= MostDetailChars && JsonDepth.Holds(System.Text.Encoding.UTF8.GetBytes(details), Limits.JsonDepth) ? details : null;
}
