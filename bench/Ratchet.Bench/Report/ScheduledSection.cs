using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Report;

internal sealed class ScheduledSection : IReportSection
{
    public string Scenario => "scheduled";
    public string Title => "Scheduled: what waits for tomorrow costs today";

    public string Text(ReportInput input)
    {
        var table = new MarkdownTable("Ratchet on", "scheduled:", "database transactions/s:", "server CPU %:", "sandboxes CPU %:", "start to ready s:", "server RSS MiB:");
        foreach (Figure figure in input.Of(Scenario))
        {
            ServerLoad load = figure.Server!;
            table.Add(figure.Store, Show.Whole(figure.Kept), Show.Fine(load.TransactionsPerSecond), Show.Fine(load.CpuPercent), Show.Fine(load.SandboxCpuPercent),
                Show.Fine(load.StartSeconds), Show.Whole(load.ResidentMegabytes));
        }

        return $"{table}\nOf an idle `ratchet serve`, over 60 s after 20 s of rest; CPU in percent of one core. Transactions are those of its database, by pg_stat_database; "
            + "SQLite counts none.\n";
    }

    public IEnumerable<Target> Targets(ReportInput input)
    {
        foreach (Figure figure in input.Of(Scenario).Where(figure => figure.Kept > 0))
        {
            string title = $"with {Show.Whole(figure.Kept)} scheduled on {figure.Store}";
            if (figure.Server!.TransactionsPerSecond is { } rate) yield return Target.AtMost($"transactions/s {title}", Report.Targets.IdleTransactions, rate, Show.Fine);
            yield return Target.AtMost($"server CPU % {title}", Report.Targets.IdleCpu, figure.Server.CpuPercent!.Value, Show.Fine);
        }
    }
}
