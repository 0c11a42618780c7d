using Ratchet.Lists;

namespace Ratchet.Queues;

/// <summary>What lists of queues can be filtered and sorted by.</summary>
public enum QueueField
{
    Name,
    Mode,
}

public static class QueueList
{
    /// <summary>By name, unless asked otherwise.</summary>
    public static ListSchema<QueueField, QueueView> Schema { get; } = new("queues", QueueField.Name, new ListSort<QueueField>(QueueField.Name, Descending: false),
    [
        new(QueueField.Name, "name", FieldKind.Text, queue => FieldValue.Of(queue.Name)),
        new(QueueField.Mode, "mode", FieldKind.Word, queue => FieldValue.Of(queue.Mode.Name())) { Words = WorkModes.Words },
    ]);
}
