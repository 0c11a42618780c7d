using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Report;

internal sealed class BacklogSection : IReportSection
{
    public string Scenario => "backlog";
    public string Title => "Backlog: a million queued against a thousand";

    public string Text(ReportInput input)
    {
        var table = new MarkdownTable(
            "Ratchet on", "queued:", "still queued after:", "jobs/s median:", "min to max:", "rounds:", "start to ready s:", "server RSS when ready MiB:", "peak RSS MiB:");
        foreach (IGrouping<(string Store, long? Kept), Figure> rounds in input.Of(Scenario).GroupBy(figure => (figure.Store, figure.Kept)).OrderBy(group => group.Key.Store).ThenBy(group => group.Key.Kept))
        {
            double[] rates = [.. rounds.Select(figure => figure.JobsPerSecond)];
            ServerLoad? server = rounds.Select(figure => figure.Server).FirstOrDefault(load => load is not null);
            table.Add(rounds.Key.Store, Show.Whole(rounds.Key.Kept), Show.Whole(rounds.Min(figure => figure.KeptAfter)), Show.Rate(rates.Median()), $"{Show.Rate(rates.Min())} to {Show.Rate(rates.Max())}",
                Show.Whole(rates.Length), Show.Fine(server?.StartSeconds), Show.Whole(server?.ResidentMegabytes), Show.Whole(server?.PeakMegabytes));
        }

        return $"{table}\nJobs/s while as many jobs are submitted as complete, so that the number queued stays about the same. Both depths are there at once, each in a database and a silo of its own in one process, "
            + "and take turns of ten seconds. PostgreSQL has vacuumed and analysed its tables after they were filled, as it does by itself within a minute. Start and memory are of `ratchet serve` "
            + "on that backlog, sandboxes apart; the peak is of its first 20 seconds, in which it works the backlog off.\n";
    }

    public IEnumerable<Target> Targets(ReportInput input)
    {
        foreach (IGrouping<string, Figure> store in input.Of(Scenario).GroupBy(figure => figure.Store))
        {
            IGrouping<long?, Figure>[] byDepth = [.. store.GroupBy(figure => figure.Kept).OrderBy(group => group.Key)];
            if (byDepth.Length < 2) continue;
            (IGrouping<long?, Figure> few, IGrouping<long?, Figure> many) = (byDepth[0], byDepth[^1]);
            ServerLoad? server = many.Select(figure => figure.Server).FirstOrDefault(load => load is not null);
            double Rate(IEnumerable<Figure> rounds) => rounds.Select(figure => figure.JobsPerSecond).Median();
            string title = $"with {Show.Whole(many.Key)} queued on {store.Key}";
            yield return Target.AtLeast(
                $"throughput {title}, against {Show.Whole(few.Key)}", Report.Targets.BacklogRatio, Rate(many) / Rate(few), Show.Times);
            yield return Target.AtMost($"start to ready {title}, s", Report.Targets.BacklogStart, server?.StartSeconds ?? double.NaN, Show.Fine);
            yield return Target.AtMost($"peak RSS {title}, MiB", Report.Targets.BacklogMemory, server?.PeakMegabytes ?? double.NaN, Show.Fine);
        }
    }
}
