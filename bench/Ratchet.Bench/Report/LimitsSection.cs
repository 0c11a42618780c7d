using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Report;

internal sealed class LimitsSection : IReportSection
{
    public string Scenario => "limits";
    public string Title => "Limits: the pipeline with a concurrency limit on each of many keys, jobs a second";

    public string Text(ReportInput input)
    {
        var table = new MarkdownTable("Ratchet on", "limits", "jobs a round:", "cold:", "warm median:", "warm min to max:", "silo CPU us/job:", "database CPU us/job:");
        foreach (Rounds row in Rounds.Of(input.Of(Scenario)))
        {
            IReadOnlyList<double> warm = [.. row.Warm.Select(figure => figure.JobsPerSecond)];
            double Each(Func<CpuUse, double?> part) => row.Warm.Select(figure => (part(figure.Cpu!) ?? double.NaN) / figure.Jobs * 1e6).Median();
            table.Add(row.Store, row.Setting, Show.Whole(row.Cold.Jobs), Show.Rate(row.Cold.JobsPerSecond), Show.Rate(row.JobsPerSecond), $"{Show.Rate(warm.Min())} to {Show.Rate(warm.Max())}",
                Show.Whole(Each(c => c.Silo)), Show.Whole(Each(c => c.Database)));
        }

        return $"{table}\nRounds with and without limits take turns in one process. Every job has a key of its own: each is asked for, granted and given back.\n";
    }

    public IEnumerable<Target> Targets(ReportInput input)
    {
        foreach (IGrouping<string, Rounds> store in Rounds.Of(input.Of(Scenario)).GroupBy(row => row.Store))
        {
            Rounds[] rows = [.. store];
            if (rows.Length == 2) yield return Target.AtLeast($"throughput with limits on many keys on {store.Key}, against none", Report.Targets.LimitsRatio, rows[1].JobsPerSecond / rows[0].JobsPerSecond, Show.Times);
        }
    }
}
