using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Sqlite;

/// <summary>What the queues ask: ready work, due work, lost work.</summary>
internal sealed class SqliteQueueReader(SqliteFile file) : IQueueReader
{
    public Task<IReadOnlyList<string>> ReadLanesAsync(QueueKey queue, string after, int limit, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            var lanes = new List<string>();
            string? last = after;
            while (lanes.Count < limit)
            {
                last = session.List(row => row.GetTextOrNull(0), "jobs.ReadNextLane", queue.Tenant, queue.Name, last)[0];
                if (last is null) break;
                lanes.Add(last);
            }

            return (IReadOnlyList<string>)lanes;
        },
        cancel);

    public Task<IReadOnlyList<ReadyJob>> ReadReadyAsync(QueueKey queue, IReadOnlyList<LaneRead> lanes, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            var jobs = new List<ReadyJob>();
            foreach (LaneRead lane in lanes)
            {
                jobs.AddRange(session.List(SqliteReadyRow.Read, "jobs.ReadReady", queue.Tenant, queue.Name, lane.Lane, lane.Want, Limits.InlineInputBytes,
                    SqliteValues.Time(lane.Rank), SqliteValues.Id(lane.Id.Value)));
            }

            return (IReadOnlyList<ReadyJob>)jobs;
        },
        cancel);

    public async Task<ReadyJob?> ReadReadyAsync(string tenant, JobId id, CancellationToken cancel)
    {
        IReadOnlyList<ReadyJob> found =
            await file.ListAsync("jobs.ReadOneReady", [tenant, SqliteValues.Id(id.Value), Limits.InlineInputBytes], SqliteReadyRow.Read, cancel);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<DateTimeOffset?> NextDueAsync(QueueKey queue, CancellationToken cancel) =>
        (await file.ListAsync("jobs.NextDue", [queue.Tenant, queue.Name], row => row.GetTimeOrNull(0), cancel))[0];

    public Task<IReadOnlyList<JobToken>> ReadExpiredAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel) => file.ListAsync(
        "jobs.ReadExpired", [queue.Tenant, queue.Name, SqliteValues.Time(now), limit], row => new JobToken(new JobId(row.GetId(0)), row.GetInt64(1)), cancel);

    public Task<IReadOnlyList<LostJob>> ReadLostAsync(QueueKey queue, IReadOnlyList<string> liveNodes, int limit, CancellationToken cancel) => file.ListAsync(
        "jobs.ReadLost",
        [queue.Tenant, queue.Name, SqliteValues.Names(liveNodes), limit],
        row => new LostJob(new JobId(row.GetId(0)), row.GetInt64(1), row.GetInt32(2), row.GetInt32(3), row.GetString(4), row.GetTimeOrNull(5)),
        cancel);

    public Task<IReadOnlyList<QueueKey>> ListActiveAsync(CancellationToken cancel) =>
        file.ListAsync("queues.ListActiveQueues", [], row => new QueueKey(row.GetString(0), row.GetString(1)), cancel);

    public async Task<IReadOnlyDictionary<JobState, long>> CountByStateAsync(QueueKey queue, CancellationToken cancel)
    {
        IReadOnlyList<(JobState State, long Count)> counts =
            await file.ListAsync("jobs.CountByState", [queue.Tenant, queue.Name], row => (JobStates.Parse(row.GetString(0)), row.GetInt64(1)), cancel);
        return counts.ToDictionary(c => c.State, c => c.Count);
    }
}
