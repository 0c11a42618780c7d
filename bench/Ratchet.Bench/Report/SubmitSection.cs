using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Report;

internal sealed class SubmitSection : IReportSection
{
    public string Scenario => "submit";
    public string Title => "Single submits: one job a request, 64 under way";

    public string Text(ReportInput input)
    {
        var table = new MarkdownTable(
            "system", "jobs kept in", "by", "jobs a round:", "accepted/s cold:", "accepted/s warm:", "completed/s cold:", "completed/s warm median:", "min to max:");
        foreach (Rounds row in Rounds.Of(input.Of(Scenario)))
        {
            IReadOnlyList<double> warm = [.. row.Warm.Select(figure => figure.JobsPerSecond)];
            table.Add(
                row.IsRatchet ? $"**{row.Title}**" : row.Title,
                row.Store,
                row.Setting,
                Show.Whole(row.Cold.Jobs),
                Show.Rate(row.Cold.SubmitsPerSecond),
                Show.Rate(row.Warm.Select(figure => figure.SubmitsPerSecond).Median()),
                Show.Rate(row.Cold.JobsPerSecond),
                Show.Rate(warm.Median()),
                warm.Count > 1 ? $"{Show.Rate(warm.Min())} to {Show.Rate(warm.Max())}" : Show.Nothing);
        }

        return $"{table}\nRatchet's are HTTP requests from another process to `ratchet serve`, answered after commit, jobs running meanwhile. Peers have no HTTP "
            + "side: theirs are calls of the library in the worker's own process, which spares them the request.\n";
    }

    public IEnumerable<Target> Targets(ReportInput input) => [];
}
