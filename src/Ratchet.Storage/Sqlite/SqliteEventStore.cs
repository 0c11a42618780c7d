using Ratchet.Events;
using Ratchet.Jobs;
using Ratchet.Storage.Events;

namespace Ratchet.Storage.Sqlite;

internal sealed class SqliteEventStore(SqliteFile file) : IEventStore
{
    public Task<IReadOnlyList<JobEvent>> ReadAsync(EventRead read, CancellationToken cancel) => file.ListAsync(
        read.Descending ? "events.ReadBackward" : "events.ReadForward",
        [SqliteValues.OrNull(read.Tenant), read.From?.Sequence ?? (read.Descending ? long.MaxValue : 0), read.Limit],
        row => SqliteJobReader.ReadEvent(row) with { Tenant = row.GetString(10), Task = row.GetTextOrNull(11), Queue = row.GetTextOrNull(12) },
        cancel);

    public async Task<EventCursor> HeadAsync(CancellationToken cancel)
    {
        IReadOnlyList<EventCursor> newest = await file.ListAsync("events.Head", [], row => new EventCursor(0, row.GetInt64(0)), cancel);
        return newest.Count > 0 ? newest[0] : default;
    }
}
