using Ratchet.Bench.Figures;
using Ratchet.Bench.Run;

namespace Ratchet.Bench.Report;

/// <summary>Everything that a report is made of.</summary>
/// <param name="Scenarios">Those that ran.</param>
/// <param name="Failures">Measurements that failed, a line each.</param>
public sealed record ReportInput(
    Machine Machine, RunOptions Options, IReadOnlyList<string> Scenarios, IReadOnlyList<Figure> Figures, IReadOnlyList<string> Failures, TimeSpan Took)
{
    public IReadOnlyList<Figure> Of(string scenario) => [.. Figures.Where(figure => figure.Scenario == scenario)];
}
