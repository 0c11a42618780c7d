using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Report;

internal sealed class PipelineSection : IReportSection
{
    public string Scenario => "pipeline";
    public string Title => "Pipeline: enqueue and run trivial jobs, jobs a second";

    public string Text(ReportInput input)
    {
        IReadOnlyList<Rounds> rows = Rounds.Of(input.Of(Scenario));
        Rounds? best = Rounds.BestPeer(rows);
        var table = new MarkdownTable("system", "jobs kept in", "setting", "jobs a round:", "cold:", "warm median:", "warm min to max:", "rounds:", "to the best peer:");
        foreach (Rounds row in rows)
        {
            IReadOnlyList<double> warm = [.. row.Warm.Select(figure => figure.JobsPerSecond)];
            string range = warm.Count > 1 ? $"{Show.Rate(warm.Min())} to {Show.Rate(warm.Max())}" : Show.Nothing;
            string name = row.IsRatchet ? $"**{row.Title}**" : row.Title;
            table.Add(name, row.Store, row.Setting, Show.Whole(row.Cold.Jobs), Show.Rate(row.Cold.JobsPerSecond), Show.Rate(warm.Median()), range,
                $"{row.All.Count}", Show.Times(row.RatioTo(best)));
        }

        string reference = best is null ? "No peers were measured in this run." : $"Best peer: {best.Title} on {best.Store}, {best.Setting}.";
        return $"{table}\n{reference} A rate is jobs divided by the time from the first submit to the last stored end.\n{Cpu(rows)}";
    }

    public IEnumerable<Target> Targets(ReportInput input)
    {
        IReadOnlyList<Rounds> rows = Rounds.Of(input.Of(Scenario));
        Rounds? best = Rounds.BestPeer(rows.Where(row => row.Store == "PostgreSQL"));
        return best is null
            ? []
            : rows.Where(row => row.IsRatchet).Select(row =>
                Target.AtLeast($"pipeline on {row.Store} against the best peer on PostgreSQL", Report.Targets.PipelineRatio, row.RatioTo(best)!.Value, Show.Times));
    }

    private static string Cpu(IReadOnlyList<Rounds> rows)
    {
        var table = new MarkdownTable("Ratchet on", "silo:", "sandboxes:", "database server:", "everything else:", "machine:");
        foreach (Rounds row in rows.Where(row => row.IsRatchet && row.Warm.Count > 0))
        {
            double jobs = row.Warm.Sum(figure => (double)figure.Jobs);
            double Each(Func<CpuUse, double?> part) => row.Warm.Sum(figure => part(figure.Cpu!) ?? double.NaN) / jobs * 1e6;
            double silo = Each(c => c.Silo), sandboxes = Each(c => c.Sandboxes), database = Each(c => c.Database), machine = Each(c => c.Machine);
            // The parts are read a moment apart and in hundredths of a second: a rest below zero is none.
            double rest = Math.Max(0, machine - silo - sandboxes - (double.IsNaN(database) ? 0 : database));
            table.Add(row.Store, Show.Whole(silo), Show.Whole(sandboxes), Show.Whole(database), Show.Whole(rest), Show.Whole(machine));
        }

        return $"""

            Where the microseconds go: CPU microseconds a job over the warm rounds. The silo's process includes the load generator, and on SQLite the database.

            {table}
            """;
    }
}
