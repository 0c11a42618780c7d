using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using Ratchet.Jobs;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Journal;

/// <summary>Instruments of how attempts and jobs end, under the meter <see cref="MeterName"/>: counted where they are committed, a transaction at a time.</summary>
internal sealed class JobMetrics : IDisposable
{
    public const string MeterName = "Ratchet.Jobs";
    private readonly Counter<long> ends;
    private readonly Counter<long> attempts;

    public JobMetrics()
    {
        ends = Meter.CreateCounter<long>("ratchet.job.ends", "{job}", "Jobs that came to an end, by state and by the failure's kind.");
        attempts = Meter.CreateCounter<long>("ratchet.job.attempts", "{attempt}", "Attempts that ended, by outcome and by the failure's kind.");
    }

    internal Meter Meter { get; } = new(MeterName);

    public void Dispose() => Meter.Dispose();

    /// <summary>What was written and accepted. Nothing is looked at while nobody listens.</summary>
    public void Written(JobWrites writes, JobWriteOutcomes outcomes)
    {
        if (!ends.Enabled && !attempts.Enabled) return;
        int completed = 0;
        Dictionary<(JobState To, FailureKind Kind), int>? failed = null;
        for (int i = 0; i < writes.Ends.Count; i++)
        {
            AttemptEnd end = writes.Ends[i];
            if (!outcomes.Ends[i]) continue;
            if (end.Failure is not { } failure) completed++;
            else CollectionsMarshal.GetValueRefOrAddDefault(failed ??= [], (end.To, failure.Kind), out _)++;
        }

        if (completed > 0)
        {
            string name = JobState.Completed.Name();
            ends.Add(completed, new KeyValuePair<string, object?>("state", name));
            attempts.Add(completed, new KeyValuePair<string, object?>("outcome", name));
        }

        if (failed is not null) Failed(failed);
        Moved(writes.Moves, outcomes.Moves);
    }

    /// <summary>An attempt was interrupted because its job was cancelled, which is counted as its end already.</summary>
    public void CancelledAttempt() => attempts.Add(
        1,
        new KeyValuePair<string, object?>("outcome", AttemptEnd.OutcomeOf(FailureKind.Cancelled)),
        new KeyValuePair<string, object?>("failure", nameof(FailureKind.Cancelled)));

    private void Failed(Dictionary<(JobState To, FailureKind Kind), int> failed)
    {
        foreach (((JobState to, FailureKind kind), int count) in failed)
        {
            var failure = new KeyValuePair<string, object?>("failure", kind.ToString());
            attempts.Add(count, new KeyValuePair<string, object?>("outcome", AttemptEnd.OutcomeOf(kind)), failure);
            var state = new KeyValuePair<string, object?>("state", to.Name());
            // No failure led to a cancelled job's end, whether its attempt's end was written with it or not.
            if (to == JobState.Cancelled) ends.Add(count, state);
            else if (to.IsTerminal()) ends.Add(count, state, failure);
        }
    }

    /// <summary>Of moves only a cancel and an expiry end a job.</summary>
    private void Moved(IReadOnlyList<JobMove> moves, IReadOnlyList<bool> accepted)
    {
        int cancelled = 0, expired = 0;
        for (int i = 0; i < moves.Count; i++)
        {
            if (!accepted[i]) continue;
            if (moves[i].To == JobState.Cancelled) cancelled++;
            else if (moves[i].To == JobState.Expired) expired++;
        }

        if (cancelled > 0) ends.Add(cancelled, new KeyValuePair<string, object?>("state", JobState.Cancelled.Name()));
        if (expired > 0) ends.Add(expired, new KeyValuePair<string, object?>("state", JobState.Expired.Name()));
    }
}
