using Ratchet.Jobs;
using Ratchet.Statistics;

namespace Ratchet.Grains.Statistics;

/// <summary>A tenant's attempts of the last hour on this node, in steps of ten seconds. It takes 1.4 MB at most, whatever runs.</summary>
internal sealed class AttemptWindow
{
    private const int StepSeconds = 10;
    private const int Steps = 3_600 / StepSeconds;
    private static readonly int Kinds = Enum.GetValues<FailureKind>().Length;

    private readonly Lock gate = new();
    private readonly Step?[] steps = new Step?[Steps];

    /// <param name="wait">From when the job was ready to the attempt's start.</param>
    public void Add(DateTimeOffset at, FailureKind? failure, TimeSpan wait, TimeSpan run)
    {
        long number = NumberOf(at);
        lock (gate)
        {
            ref Step? step = ref steps[number % Steps];
            // One that is older than an hour has no place any more.
            if (step is null || step.Number < number) step = new Step(number);
            if (step.Number != number) return;
            if (failure is { } kind) step.Failures[(int)kind]++;
            else step.Completed++;
            step.Waits[TimeBuckets.Of(wait)]++;
            step.Runs[TimeBuckets.Of(run)]++;
        }
    }

    public NodeStatistics Read(DateTimeOffset now, TimeSpan window, DateTimeOffset started)
    {
        long newest = NumberOf(now), failures = 0, completedHour = 0, completedMinute = 0, failedMinute = 0;
        long[] kinds = new long[Kinds], waits = new long[TimeBuckets.Count], runs = new long[TimeBuckets.Count];
        lock (gate)
        {
            foreach (Step? step in steps)
            {
                if (step is null || newest - step.Number >= Steps) continue;
                long age = newest - step.Number, failed = step.Failures.Sum();
                failures += failed;
                completedHour += step.Completed;
                if (age < 60 / StepSeconds) (completedMinute, failedMinute) = (completedMinute + step.Completed, failedMinute + failed);
                if (age * StepSeconds >= window.TotalSeconds) continue;
                Sum(kinds, step.Failures);
                Sum(waits, step.Waits);
                Sum(runs, step.Runs);
            }
        }

        DateTimeOffset since = started > now - TimeSpan.FromHours(1) ? started : now - TimeSpan.FromHours(1);
        return new NodeStatistics(since, completedMinute, failedMinute, completedHour, failures, kinds, waits, runs);
    }

    private static void Sum(long[] into, int[] from)
    {
        for (int i = 0; i < into.Length; i++) into[i] += from[i];
    }

    private static long NumberOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    private sealed class Step(long number)
    {
        public readonly int[] Failures = new int[Kinds];
        public readonly int[] Waits = new int[TimeBuckets.Count];
        public readonly int[] Runs = new int[TimeBuckets.Count];
        public int Completed;

        public long Number { get; } = number;
    }
}
