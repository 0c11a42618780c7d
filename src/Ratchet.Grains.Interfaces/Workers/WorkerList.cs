using Ratchet.Lists;

namespace Ratchet.Workers;

/// <summary>What lists of workers can be filtered and sorted by.</summary>
public enum WorkerField
{
    Name,
    Capacity,
    Running,
    Mode,
    Processors,
    MemoryBytes,
    Isolation,
}

public static class WorkerList
{
    /// <summary>By name, unless asked otherwise.</summary>
    public static ListSchema<WorkerField, WorkerNodeView> Schema { get; } = new("workers", WorkerField.Name, new ListSort<WorkerField>(WorkerField.Name, Descending: false),
    [
        new(WorkerField.Name, "name", FieldKind.Text, worker => FieldValue.Of(worker.Name)),
        new(WorkerField.Capacity, "capacity", FieldKind.Number, worker => FieldValue.Of((long)worker.Capacity)),
        new(WorkerField.Running, "running", FieldKind.Number, worker => FieldValue.Of((long)worker.Running)),
        new(WorkerField.Mode, "mode", FieldKind.Word, worker => FieldValue.Of(ModeOf(worker).Name())) { Words = WorkModes.Words },
        new(WorkerField.Processors, "processors", FieldKind.Number, worker => FieldValue.Of((long)worker.Processors)),
        new(WorkerField.MemoryBytes, "memoryBytes", FieldKind.Number, worker => FieldValue.Of(worker.MemoryBytes)),
        new(WorkerField.Isolation, "isolation", FieldKind.Text, worker => FieldValue.Of(worker.Isolation)),
    ]);

    /// <summary>A node that drains takes no more work, as a queue that drains takes no more jobs.</summary>
    public static WorkMode ModeOf(WorkerNodeView worker) => worker.Draining ? WorkMode.Draining : WorkMode.Active;
}
