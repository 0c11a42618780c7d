using Ratchet.Jobs;

namespace Ratchet.Storage.Jobs;

/// <summary>
/// The end of one attempt: the job's row moves by <see cref="Transition"/> and an execution row is added, or neither.
/// </summary>
public sealed record AttemptEnd
{
    public required JobId Job { get; init; }

    /// <summary>
    /// The attempt's token: the row's fence when the job was handed out. The row must still have it, and it advances with this write,
    /// so that of several attempts that believe they own the job one is accepted and the others change zero rows.
    /// </summary>
    public required long Fence { get; init; }

    /// <summary>One of complete, retry, fail, release, quarantine; cancel where the job was cancelled while it ran.</summary>
    public required JobTransition Transition { get; init; }

    /// <summary>The execution's id, a UUID version 7. The same end given twice (outcome unknown) has the same id.</summary>
    public required Guid Execution { get; init; }

    /// <summary>Number of the attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Attempts used up once this end is written; for complete, the same as <see cref="Attempt"/>.</summary>
    public required int AttemptsUsed { get; init; }

    /// <summary>Lost workers counted once this end is written.</summary>
    public required int LostWorkers { get; init; }

    public required string Node { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>UTF-8 JSON; set for complete only.</summary>
    public byte[]? Output { get; init; }

    /// <summary>Set for every transition but complete.</summary>
    public Failure? Failure { get; init; }

    /// <summary>When the next attempt is due; set for retry only.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Set where equal jobs are to be given the output; for complete only.</summary>
    public KeptResult? Keep { get; init; }

    public IReadOnlyList<LogEntry> Log { get; init; } = [];

    /// <summary>The state the job is in once this end is written.</summary>
    public JobState To => Transition.To[0];

    /// <summary>Who ended it, where that was not its node; set for cancel only.</summary>
    public EndedBy? By { get; init; }

    /// <summary>Who ended it, for its event.</summary>
    public string Actor => By?.Actor ?? Node;

    /// <summary>Why, for its event: in a word, or as somebody said; null for complete.</summary>
    public string? Reason => By is { } by ? by.Reason : Failure switch
    {
        null => null,
        { Kind: FailureKind.TaskError } failure => failure.Name,
        { } failure => failure.Kind.ToString(),
    };

    /// <summary>COMPLETED, FAILED, LOST or CANCELLED, as <see cref="ExecutionView.Outcome"/>.</summary>
    public string Outcome => Failure is null ? "COMPLETED" : OutcomeOf(Failure.Kind);

    /// <summary>FAILED, LOST or CANCELLED.</summary>
    public static string OutcomeOf(FailureKind kind) => kind switch
    {
        FailureKind.WorkerLost => "LOST",
        FailureKind.Cancelled => "CANCELLED",
        _ => "FAILED",
    };
}

/// <summary>Somebody who wants a job's run ended.</summary>
/// <param name="Reason">As they said it.</param>
public sealed record EndedBy(string Actor, string? Reason);
