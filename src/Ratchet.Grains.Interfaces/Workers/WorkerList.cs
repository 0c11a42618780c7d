using Ratchet.Lists;

namespace Ratchet.Workers;

/// <summary>What lists of workers can be filtered and sorted by.</summary>
public enum WorkerField
{
    Name,
    Capacity,
    Running,
    Draining,
    Processors,
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
        new(WorkerField.Draining, "draining", FieldKind.Flag, worker => FieldValue.Of(worker.Draining)),
        new(WorkerField.Processors, "processors", FieldKind.Number, worker => FieldValue.Of((long)worker.Processors)),
        new(WorkerField.Isolation, "isolation", FieldKind.Text, worker => FieldValue.Of(worker.Isolation)),
    ]);
}
