using Ratchet.Bench.Figures;
using Ratchet.Bench.Scenarios;

namespace Ratchet.Bench.Report;

internal sealed class FrontSection : IReportSection
{
    public string Scenario => "front";
    public string Title => "The front door: requests over 64 connections";

    public string Text(ReportInput input)
    {
        var table = new MarkdownTable("Ratchet on", "request", "a second, median:", "min to max:", "p50 ms:", "p99 ms:");
        foreach (IGrouping<(string Store, string Setting), Figure> call in input.Of(Scenario).GroupBy(figure => (figure.Store, figure.Setting)))
        {
            double[] rates = [.. call.Select(figure => figure.JobsPerSecond)];
            double[] samples = [.. call.SelectMany(figure => figure.Milliseconds ?? [])];
            table.Add(call.Key.Store, call.Key.Setting, Show.Rate(rates.Median()), $"{Show.Rate(rates.Min())} to {Show.Rate(rates.Max())}", Show.Fine(samples.Percentile(0.5)), Show.Fine(samples.Percentile(0.99)));
        }

        return $"{table}\nOf the bulk submits it is jobs that are counted, over 8 connections; they run meanwhile. Calls take turns of five seconds, reads among themselves and submits among themselves. Client and server share the machine, and the client takes a good part of it.\n";
    }

    public IEnumerable<Target> Targets(ReportInput input)
    {
        foreach (IGrouping<string, Figure> store in input.Of(Scenario).GroupBy(figure => figure.Store))
        {
            double Rate(string setting) => store.Where(figure => figure.Setting == setting).Select(figure => figure.JobsPerSecond).Median();
            yield return Target.AtLeast($"jobs/s by bulk submits on {store.Key}", Report.Targets.BulkJobs, Rate(FrontScenario.Bulk), Show.Rate);
            yield return Target.AtMost($"a list by GraphQL against REST on {store.Key}", Report.Targets.GraphQLCost, Rate(FrontScenario.RestList) / Rate(FrontScenario.GraphList), Show.Times);
        }
    }
}
