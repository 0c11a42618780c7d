using Ratchet.Bulk;

namespace Ratchet.Gateway.Bulk;

/// <summary>The names of bulk actions, as requests and answers spell them.</summary>
internal static class BulkActions
{
    private static readonly (string Name, BulkAction Action)[] All =
        [("cancel", BulkAction.Cancel), ("retry", BulkAction.Retry), ("reprioritise", BulkAction.Reprioritise), ("delete", BulkAction.Delete)];

    public static ReadOnlySpan<(string Name, BulkAction Action)> Words => All;

    public static string Name(this BulkAction action) => Array.Find(All, a => a.Action == action).Name;
}
