using Ratchet.Jobs;

namespace Ratchet.Grains.Webhooks;

/// <summary>The order of all events: by transaction, then by sequence.</summary>
internal static class EventOrder
{
    public static int Compare(EventCursor one, EventCursor other) => (one.Transaction, one.Sequence).CompareTo((other.Transaction, other.Sequence));

    public static EventCursor Later(EventCursor one, EventCursor other) => Compare(one, other) >= 0 ? one : other;
}
