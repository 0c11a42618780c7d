using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Report;

internal sealed class LatencySection : IReportSection
{
    public string Scenario => "latency";
    public string Title => "Idle latency: one job at a time, milliseconds";

    public string Text(ReportInput input)
    {
        var table = new MarkdownTable("system", "jobs kept in", "by", "from submit to", "jobs:", "p50:", "p99:", "min:", "max:");
        foreach (Figure figure in input.Of(Scenario).Where(figure => figure.Milliseconds is { Count: > 0 }))
        {
            string name = figure.Version is null ? $"**{figure.System}**" : $"{figure.System} {figure.Version}";
            IReadOnlyList<double> samples = figure.Milliseconds!;
            table.Add(name, figure.Store, figure.Setting, figure.Until ?? Show.Nothing, Show.Whole(samples.Count),
                Show.Fine(samples.Percentile(0.5)), Show.Fine(samples.Percentile(0.99)), Show.Fine(samples.Min()), Show.Fine(samples.Max()));
        }

        return $"{table}\nRatchet's runs from the HTTP request to the result in the client's hands, through V8 in another process; the peers' to the first line of "
            + "the function in their own process, before its end is stored.\n";
    }

    public IEnumerable<Target> Targets(ReportInput input)
    {
        foreach (Figure figure in input.Of(Scenario).Where(figure => figure.System == "Ratchet"))
        {
            yield return Target.AtMost($"idle submit to result on {figure.Store}, p50 ms", Report.Targets.LatencyMedian, figure.Milliseconds!.Percentile(0.5), Show.Fine);
            yield return Target.AtMost($"idle submit to result on {figure.Store}, p99 ms", Report.Targets.LatencyTail, figure.Milliseconds!.Percentile(0.99), Show.Fine);
        }
    }
}
