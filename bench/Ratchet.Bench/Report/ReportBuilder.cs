using System.Globalization;
using System.Text;

namespace Ratchet.Bench.Report;

/// <summary>The report as Markdown. It holds what this run has measured, and says what it has not.</summary>
public static class ReportBuilder
{
    private static readonly IReadOnlyList<IReportSection> Sections =
        [new PipelineSection(), new SubmitSection(), new LatencySection(), new BacklogSection(), new ScheduledSection(), new GrowthSection(), new LimitsSection(),
            new FrontSection(), new SubscribersSection()];

    private const string TrialMeans = "Its figures tell that the bench works, and nothing else.";

    public static string Build(ReportInput input)
    {
        var text = new StringBuilder();
        text.Append(Head(input));
        foreach (IReportSection section in Sections.Where(section => input.Scenarios.Contains(section.Scenario) && input.Of(section.Scenario).Count > 0))
            text.Append(CultureInfo.InvariantCulture, $"\n## {section.Title}\n\n{section.Text(input).Trim()}\n");
        text.Append(Aims(input));
        if (input.Failures.Count > 0) text.Append("\n## Not measured\n\n").AppendJoin('\n', input.Failures.Select(failure => $"- {failure}")).Append('\n');
        text.Append(Notes(input));
        return text.ToString();
    }

    private static string Head(ReportInput input)
    {
        Machine machine = input.Machine;
        var table = new MarkdownTable("", "");
        table.Add("machine", $"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGigabytes:0} GiB, {machine.Kernel}");
        table.Add("disk", $"{machine.SyncMicroseconds:#,0} us for 8 KiB with fsync (median)");
        table.Add("load before", machine.LoadBefore);
        table.Add("PostgreSQL", $"{machine.Postgres}: {machine.PostgresSettings}");
        if (input.Figures.Any(figure => figure.System != "Ratchet"))
        {
            table.Add("Redis", machine.Redis);
            table.Add("Node", machine.Node);
        }

        table.Add(".NET", machine.DotNet);
        table.Add("revision", machine.Revision);
        table.Add("measured", $"{machine.Started:yyyy-MM-dd HH:mm} UTC, in {input.Took.TotalMinutes:0.0} minutes: {string.Join(", ", input.Scenarios)}");
        string trial = input.Options.Scale == 1 ? "" : FormattableString.Invariant($"\n**A trial: every number of jobs is multiplied by {input.Options.Scale}. {TrialMeans}**\n");
        return $"# Measured by bench/run.sh\n{trial}\n{table}";
    }

    private static string Aims(ReportInput input)
    {
        // With fewer jobs they are other questions.
        if (input.Options.Scale != 1) return "";
        Target[] targets = [.. Sections.Where(section => input.Scenarios.Contains(section.Scenario)).SelectMany(section => section.Targets(input))];
        if (targets.Length == 0) return "";
        var table = new MarkdownTable("target", "wanted:", "measured:", "");
        foreach (Target target in targets) table.Add(target.What, target.Wanted, target.Measured, target.Met ? "met" : "**missed**");
        return $"\n## Targets\n\n{table}";
    }

    private static string Notes(ReportInput input)
    {
        string peers = input.Options.Peers is { Count: 0 } ? "" : """
            - Peers run their function in their own process, without isolation, limits or validation; Ratchet validates each input against a schema and runs it in V8 in a sandbox
              process of its own.
            - Ratchet, BullMQ, pg-boss and Hangfire keep finished jobs; graphile-worker deletes them. Ratchet and BullMQ store each job's result.
            - Redis with its file synced every second may lose the last second of accepted jobs when the machine fails; all others here lose none.
            - Peers were measured at their defaults and at the best settings found on two cores. Slow ones ran fewer jobs a round.

            """;
        return $"""

            ## Notes

            - Load generator, servers and workers share the machine. Every server was started for this run, on loopback, with durability on, and each row on an empty database.
            - Cold is the first round of a new process: code is compiled during it. Warm is the rounds after it.
            {peers}
            """.TrimEnd() + "\n";
    }
}
