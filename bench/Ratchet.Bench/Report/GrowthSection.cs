using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Report;

internal sealed class GrowthSection : IReportSection
{
    public string Scenario => "growth";
    public string Title => "Growth: the pipeline while finished jobs are kept, jobs a second";

    public string Text(ReportInput input)
    {
        var table = new MarkdownTable("Ratchet on", "finished jobs kept:", "jobs a round:", "median:", "min to max:", "rounds:", "silo CPU us/job:", "database CPU us/job:");
        foreach (IGrouping<(string Store, long? Kept), Figure> row in input.Of(Scenario).GroupBy(figure => (figure.Store, figure.Kept)))
        {
            IReadOnlyList<double> rates = [.. row.Select(figure => figure.JobsPerSecond)];
            double Each(Func<CpuUse, double?> part) => row.Select(figure => (part(figure.Cpu!) ?? double.NaN) / figure.Jobs * 1e6).Median();
            table.Add(row.Key.Store, Show.Whole(row.Key.Kept), Show.Whole(row.First().Jobs), Show.Rate(rates.Median()), $"{Show.Rate(rates.Min())} to {Show.Rate(rates.Max())}",
                $"{rates.Count}", Show.Whole(Each(c => c.Silo)), Show.Whole(Each(c => c.Database)));
        }

        return $"{table}\nThe silo's code is compiled before; its sandboxes are as warm as the jobs kept have made them, so the smallest row may be the slowest.\n";
    }

    /// <summary>Against the best of the smaller numbers, not the smallest: that one is the coldest, and would flatter.</summary>
    public IEnumerable<Target> Targets(ReportInput input)
    {
        foreach (IGrouping<string, Figure> store in input.Of(Scenario).GroupBy(figure => figure.Store))
        {
            (long? Kept, double Rate)[] byKept =
                [.. store.GroupBy(figure => figure.Kept).OrderBy(group => group.Key).Select(group => (group.Key, group.Select(figure => figure.JobsPerSecond).Median()))];
            if (byKept.Length < 2) continue;
            double best = byKept[..^1].Max(row => row.Rate);
            string what = $"throughput with {Show.Whole(byKept[^1].Kept)} finished on {store.Key}, against the best with fewer";
            yield return Target.AtLeast(what, Report.Targets.GrowthRatio, byKept[^1].Rate / best, Show.Times);
        }
    }
}
