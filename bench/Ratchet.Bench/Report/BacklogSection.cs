using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Report;

internal sealed class BacklogSection : IReportSection
{
    public string Scenario => "backlog";
    public string Title => "Backlog: a million queued against a thousand";

    public string Text(ReportInput input)
    {
        var table = new MarkdownTable("Ratchet on", "queued:", "still queued after:", "jobs/s:", "start to ready s:", "server RSS when ready MiB:", "peak RSS MiB:");
        foreach (Figure figure in input.Of(Scenario))
        {
            table.Add(figure.Store, Show.Whole(figure.Kept), Show.Whole(figure.KeptAfter), Show.Rate(figure.JobsPerSecond),
                Show.Fine(figure.Server?.StartSeconds), Show.Whole(figure.Server?.ResidentMegabytes), Show.Whole(figure.Server?.PeakMegabytes));
        }

        return $"{table}\nJobs/s while as many jobs are submitted as complete, so that the number queued stays about the same. Start and memory are of `ratchet serve` "
            + "on that backlog, sandboxes apart; the peak is of its first 20 seconds, in which it works the backlog off.\n";
    }

    public IEnumerable<Target> Targets(ReportInput input)
    {
        foreach (IGrouping<string, Figure> store in input.Of(Scenario).GroupBy(figure => figure.Store))
        {
            Figure[] byDepth = [.. store.OrderBy(figure => figure.Kept)];
            if (byDepth.Length < 2) continue;
            (Figure few, Figure many) = (byDepth[0], byDepth[^1]);
            string title = $"with {Show.Whole(many.Kept)} queued on {store.Key}";
            yield return Target.AtLeast(
                $"throughput {title}, against {Show.Whole(few.Kept)}", Report.Targets.BacklogRatio, many.JobsPerSecond / few.JobsPerSecond, Show.Times);
            yield return Target.AtMost($"start to ready {title}, s", Report.Targets.BacklogStart, many.Server?.StartSeconds ?? double.NaN, Show.Fine);
            yield return Target.AtMost($"peak RSS {title}, MiB", Report.Targets.BacklogMemory, many.Server?.PeakMegabytes ?? double.NaN, Show.Fine);
        }
    }
}
