using Ratchet.Storage.Tasks;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tasks;

internal static class TaskViews
{
    public static TaskView Of(TaskVersionRecord record, IReadOnlyList<string> versions) =>
        new() { Current = record.Package, Enabled = record.Enabled, CreatedAt = record.CreatedAt, Versions = versions };
}
