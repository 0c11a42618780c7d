using Ratchet.Lists;

namespace Ratchet.Recordings;

/// <summary>What lists of recordings can be filtered and sorted by.</summary>
public enum RecordingField
{
    Execution,
    Job,
    Version,
    Attempt,
    Outcome,
    CreatedAt,
    Size,
}

public static class RecordingList
{
    /// <summary>Newest first, unless asked otherwise: ids ascend with time.</summary>
    public static ListSchema<RecordingField, RecordingView> Schema { get; } = new("recordings", RecordingField.Execution, new ListSort<RecordingField>(RecordingField.Execution, Descending: true),
    [
        new(RecordingField.Execution, "execution", FieldKind.Id, recording => FieldValue.Of(recording.Execution)),
        new(RecordingField.Job, "job", FieldKind.Id, recording => FieldValue.Of(recording.Job.Value)),
        new(RecordingField.Version, "version", FieldKind.Text, recording => FieldValue.Of(recording.Version)),
        new(RecordingField.Attempt, "attempt", FieldKind.Number, recording => FieldValue.Of((long)recording.Attempt)),
        new(RecordingField.Outcome, "outcome", FieldKind.Word, recording => FieldValue.Of(recording.Outcome)) { Words = [.. ((string[])["COMPLETED", "FAILED", "LOST", "CANCELLED"]).Select(o => (o, FieldValue.Of(o)))] },
        new(RecordingField.CreatedAt, "createdAt", FieldKind.Instant, recording => FieldValue.Of(recording.CreatedAt)),
        new(RecordingField.Size, "size", FieldKind.Number, recording => FieldValue.Of((long)recording.Size)),
    ]);
}
