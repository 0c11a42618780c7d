using Ratchet.Jobs;

namespace Ratchet.History;

/// <summary>Promise 6: limits are never exceeded by accepted attempts.</summary>
public static class LimitChecks
{
    public static IEnumerable<Violation> Concurrency(IReadOnlyCollection<JobHistory> histories, IReadOnlyDictionary<string, int> limits)
    {
        foreach ((string key, int limit) in limits)
        {
            int most = MostAtOnce(Attempts(histories, h => h.ConcurrencyKey == key));
            if (most > limit) yield return new Violation(6, null, $"{most} jobs of concurrency key '{key}' ran at once, with a limit of {limit}");
        }
    }

    public static IEnumerable<Violation> Rates(IReadOnlyCollection<JobHistory> histories, IReadOnlyDictionary<string, (int Count, TimeSpan Window)> rates)
    {
        foreach ((string key, (int count, TimeSpan window)) in rates)
        {
            List<DateTimeOffset> starts = [.. Attempts(histories, h => h.RateKey == key).Select(a => a.StartedAt).Order()];
            for (int i = count; i < starts.Count; i++)
            {
                if (starts[i] - starts[i - count] >= window) continue;
                yield return new Violation(6, null, $"{count + 1} jobs of rate key '{key}' started within {starts[i] - starts[i - count]}, with a rate of {count} in {window}");
                break;
            }
        }
    }

    /// <summary>The most attempts that were under way at one instant. One that ends and one that starts at the same microsecond do not meet.</summary>
    public static int MostAtOnce(IEnumerable<ExecutionView> attempts)
    {
        IEnumerable<(DateTimeOffset At, int Step)> steps = attempts.SelectMany(a => new[] { (a.StartedAt, 1), (a.FinishedAt, -1) });
        int now = 0, most = 0;
        foreach ((_, int step) in steps.OrderBy(s => s.At).ThenBy(s => s.Step))
        {
            now += step;
            most = Math.Max(most, now);
        }

        return most;
    }

    private static IEnumerable<ExecutionView> Attempts(IEnumerable<JobHistory> histories, Func<JobView, bool> of) =>
        histories.Where(h => of(h.Job)).SelectMany(h => h.Executions).Where(e => e.Outcome != "LOST");
}
