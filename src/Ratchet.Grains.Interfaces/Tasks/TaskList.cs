using Ratchet.Lists;

namespace Ratchet.Tasks;

/// <summary>What lists of tasks can be filtered and sorted by.</summary>
public enum TaskField
{
    Name,
    Label,
    Description,
    Version,
    Uuid,
    Enabled,
    Mode,
    CreatedAt,
}

public static class TaskList
{
    /// <summary>By name, unless asked otherwise.</summary>
    public static ListSchema<TaskField, TaskView> Schema { get; } = new("tasks", TaskField.Name, new ListSort<TaskField>(TaskField.Name, Descending: false),
    [
        new(TaskField.Name, "name", FieldKind.Text, task => FieldValue.Of(task.Current.Name)),
        new(TaskField.Label, "label", FieldKind.Text, task => FieldValue.Of(task.Current.Label)),
        new(TaskField.Description, "description", FieldKind.Text, task => FieldValue.Of(task.Current.Description)),
        new(TaskField.Version, "version", FieldKind.Text, task => FieldValue.Of(task.Current.Version)),
        new(TaskField.Uuid, "uuid", FieldKind.Id, task => FieldValue.Of(task.Current.Uuid)),
        new(TaskField.Enabled, "enabled", FieldKind.Flag, task => FieldValue.Of(task.Enabled)),
        new(TaskField.Mode, "mode", FieldKind.Word, task => FieldValue.Of(task.Gate.Mode.Name())) { Words = WorkModes.Words },
        new(TaskField.CreatedAt, "createdAt", FieldKind.Instant, task => FieldValue.Of(task.CreatedAt)),
    ]);
}
