using Ratchet.Storage.Tasks;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tasks;

internal static class TaskViews
{
    public static TaskView Of(TaskVersionRecord current, TaskPackage package, IReadOnlyList<TaskVersionRecord> versions) => new()
    {
        Current = AsStored(package, current),
        Enabled = current.TaskEnabled,
        CreatedAt = current.CreatedAt,
        CreatedBy = current.CreatedBy,
        Versions = [.. versions.Select(v => v.Reference.Version)],
        Revision = current.TaskRevision,
    };

    public static TaskVersionView Of(TaskVersionRecord record) => new()
    {
        Reference = record.Reference,
        Uuid = record.Uuid,
        Label = record.Label,
        Description = record.Description,
        Current = record.Current,
        Enabled = record.Enabled,
        Source = record.Source,
        CreatedAt = record.CreatedAt,
        CreatedBy = record.CreatedBy,
    };

    /// <summary>Files are kept in memory by their content; the same content may have been stored anew under another version since.</summary>
    public static TaskPackage AsStored(TaskPackage package, TaskVersionRecord record) => package with { Version = record.Reference.Version, Source = record.Source };
}
