using System.Globalization;
using Ratchet.Events;
using Ratchet.Jobs;
using Ratchet.Storage.Events;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

internal sealed class PostgresEventStore(PostgresConnections connections, SqlTexts sql) : IEventStore
{
    private static readonly EventCursor Last = new(long.MaxValue, long.MaxValue);

    public Task<IReadOnlyList<JobEvent>> ReadAsync(EventRead read, CancellationToken cancel)
    {
        EventCursor from = read.From ?? (read.Descending ? Last : default);
        return connections.ListAsync(
            sql[read.Descending ? "events.ReadBackward" : "events.ReadForward"],
            p => p.With(read.Tenant).With(from.Transaction.ToString(CultureInfo.InvariantCulture)).With(from.Sequence).With(read.Limit),
            row => PostgresJobReader.ReadEvent(row) with { Tenant = row.GetString(10), Task = row.OrNull<string>(11), Queue = row.OrNull<string>(12) },
            cancel);
    }

    public async Task<EventCursor> HeadAsync(CancellationToken cancel)
    {
        IReadOnlyList<EventCursor> newest = await connections.ListAsync(sql["events.Head"], _ => { }, row => new EventCursor(row.GetInt64(0), row.GetInt64(1)), cancel);
        return newest.Count > 0 ? newest[0] : default;
    }
}
