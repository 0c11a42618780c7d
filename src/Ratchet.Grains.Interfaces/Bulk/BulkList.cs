using Ratchet.Lists;

namespace Ratchet.Bulk;

/// <summary>What lists of bulk operations can be filtered and sorted by.</summary>
public enum BulkField
{
    Id,
    Action,
    State,
    Actor,
    CreatedAt,
    FinishedAt,
}

public static class BulkList
{
    /// <summary>Newest first, unless asked otherwise: ids ascend with time.</summary>
    public static ListSchema<BulkField, BulkView> Schema { get; } = new("bulk operations", BulkField.Id, new ListSort<BulkField>(BulkField.Id, Descending: true),
    [
        new(BulkField.Id, "id", FieldKind.Id, bulk => FieldValue.Of(bulk.Id)),
        new(BulkField.Action, "action", FieldKind.Word, bulk => FieldValue.Of(bulk.Action.ToString().ToUpperInvariant())) { Words = [.. Enum.GetNames<BulkAction>().Select(a => (a.ToUpperInvariant(), FieldValue.Of(a.ToUpperInvariant())))] },
        new(BulkField.State, "state", FieldKind.Word, bulk => FieldValue.Of(bulk.State)) { Words = [.. ((string[])["RUNNING", "COMPLETED", "CANCELLED"]).Select(o => (o, FieldValue.Of(o)))] },
        new(BulkField.Actor, "actor", FieldKind.Text, bulk => FieldValue.Of(bulk.Actor)),
        new(BulkField.CreatedAt, "createdAt", FieldKind.Instant, bulk => FieldValue.Of(bulk.CreatedAt)),
        new(BulkField.FinishedAt, "finishedAt", FieldKind.Instant, bulk => FieldValue.OfOrNull(bulk.FinishedAt)) { Optional = true },
    ]);
}
