namespace Ratchet.Bench.Report;

/// <summary>The part of the report that belongs to one scenario.</summary>
public interface IReportSection
{
    string Scenario { get; }
    string Title { get; }

    /// <summary>Markdown, with figures of this run and no others.</summary>
    string Text(ReportInput input);

    /// <summary>Those that this run can answer.</summary>
    IEnumerable<Target> Targets(ReportInput input);
}
