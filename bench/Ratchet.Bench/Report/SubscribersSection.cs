using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Report;

internal sealed class SubscribersSection : IReportSection
{
    public string Scenario => "subscribers";
    public string Title => "Followers: from an event's time to its follower's hands, milliseconds";

    public string Text(ReportInput input)
    {
        var table = new MarkdownTable("Ratchet on", "setting", "events:", "p50:", "p99:", "max:", "server RSS before MiB:", "after MiB:");
        foreach (Figure figure in input.Of(Scenario))
        {
            IReadOnlyList<double> lags = figure.Milliseconds!;
            table.Add(figure.Store, figure.Setting, Show.Whole(lags.Count), Show.Fine(lags.Percentile(0.5)), Show.Fine(lags.Percentile(0.99)), Show.Fine(lags.Max()),
                Show.Whole(figure.Server?.ResidentMegabytes), Show.Whole(figure.Server?.PeakMegabytes));
        }

        return $"{table}\nEach follows a queue of its own over REST (server-sent events), jobs go to the queues in turn; the completion of every job came. The first five seconds are not counted. An event's time is when it was decided, before it was committed.\n";
    }

    public IEnumerable<Target> Targets(ReportInput input) => input.Of(Scenario).Select(figure =>
        Target.AtMost($"event to follower on {figure.Store}, p99 ms", Report.Targets.FollowerLag, figure.Milliseconds!.Percentile(0.99), Show.Fine));
}
