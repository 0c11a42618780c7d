using Ratchet.Grains.Queues;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tests.Queues;

/// <summary>
/// The window's one invariant against a store: commits, offers that come late, hand-outs, ends and reads that take their time, in any order. When all is quiet, every job that is QUEUED and not out
/// comes out once, best first.
/// </summary>
public class ReadyWindowModelTests
{
    private const int Steps = 600;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Lanes = ["a", "b"];

    [Fact]
    public void Every_job_comes_out_once_and_in_order_whatever_crosses_a_read()
    {
        for (int seed = 0; seed < 400; seed++) new World(seed).Run();
    }

    private sealed class World(int seed)
    {
        private readonly Random random = new(seed);
        private readonly ReadyWindow window = new(most: 20);
        private readonly SortedDictionary<ReadyOrder, ReadyJob> store = [];
        private readonly List<ReadyJob> untold = [];
        private readonly Dictionary<JobId, ReadyJob> away = [];
        private List<ReadyJob>? rows;
        private int last;

        public void Run()
        {
            for (int step = 0; step < Steps; step++) Step();
            while (untold.Count > 0) Tell();
            if (rows is not null) EndRead();
            var before = new Dictionary<string, ReadyOrder>();
            while (window.NeedsRead || !window.LanesKnown || Take(before))
            {
                if (!window.NeedsRead && window.LanesKnown) continue;
                BeginRead();
                EndRead();
            }

            Assert.True(store.Values.All(job => away.ContainsKey(job.Id)), $"seed {seed}: {store.Values.Count(job => !away.ContainsKey(job.Id))} jobs never came out");
        }

        private void Step()
        {
            switch (random.Next(20))
            {
                case < 8: Commit(); break;
                case < 12: if (untold.Count > 0) Tell(); break;
                case < 14: Take(null); break;
                case < 16: EndOne(); break;
                case < 18: if (rows is null && (window.NeedsRead || !window.LanesKnown)) BeginRead(); break;
                case < 19: if (rows is not null) EndRead(); break;
                default: if (random.Next(15) == 0) window.Invalidate(); break;
            }
        }

        private void Commit()
        {
            // Numbered in another order than committed, as batches are.
            int age = Math.Max(0, last++ - random.Next(40));
            JobPriority priority = random.Next(10) == 0 ? JobPriority.High : JobPriority.Normal;
            var job = new ReadyJob
            {
                Id = new JobId(new Guid(last, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, (byte)random.Next(256))),
                Task = new TaskReference(Lanes[random.Next(2)], "1.0.0", "d"), Priority = priority, ReadyAt = Start.AddTicks(age * 3), Fence = 0,
                Attempts = 0, MaxAttempts = 3, LostWorkers = 0, Lane = "", Rank = priority.Rank(Start.AddTicks(age * 3)),
            };
            job = job with { Lane = job.Task.Name };
            store.Add(ReadyOrder.Of(job), job);
            untold.Add(job);
        }

        private void Tell()
        {
            int index = random.Next(untold.Count);
            window.Offer(untold[index]);
            untold.RemoveAt(index);
        }

        private bool Take(Dictionary<string, ReadyOrder>? before)
        {
            if (window.Take() is not { } job) return false;
            Assert.True(store.ContainsKey(ReadyOrder.Of(job)), $"seed {seed}: a job came out that is not queued");
            Assert.True(away.TryAdd(job.Id, job), $"seed {seed}: a job came out twice");
            if (before is null) return true;
            Assert.True(before.GetValueOrDefault(job.Lane, ReadyOrder.First) < ReadyOrder.Of(job), $"seed {seed}: a job came out after a later one");
            before[job.Lane] = ReadyOrder.Of(job);
            return true;
        }

        /// <summary>A row says QUEUED until the end of its attempt is written.</summary>
        private void EndOne()
        {
            if (away.Count == 0) return;
            ReadyJob job = away.Values.ElementAt(random.Next(away.Count));
            // Nobody tells of a job that has not been told of and has ended: its offer comes before.
            if (untold.Remove(job)) window.Offer(job);
            store.Remove(ReadyOrder.Of(job));
            away.Remove(job.Id);
            window.Settle(job.Id, job.Fence);
        }

        private void BeginRead()
        {
            window.AddLanes(Lanes, last: true);
            IReadOnlyList<LaneRead> asked = window.BeginRead();
            rows = [.. asked.SelectMany(a => store.Values.Where(job => job.Lane == a.Lane && ReadyOrder.Of(job) >= new ReadyOrder(a.Rank, a.Id)).Take(a.Want))];
        }

        private void EndRead()
        {
            window.EndRead(rows!);
            rows = null;
        }
    }
}
