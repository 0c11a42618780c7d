using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Report;

/// <summary>The rounds of one system at one setting: the first is cold, the others are warm.</summary>
public sealed record Rounds(string System, string? Version, string Setting, string Store, IReadOnlyList<Figure> All)
{
    public bool IsRatchet => System == "Ratchet";
    public Figure Cold => All[0];
    public IReadOnlyList<Figure> Warm => [.. All.Skip(1)];

    /// <summary>Median of the warm rounds; of a single round, that one.</summary>
    public double JobsPerSecond => (Warm.Count > 0 ? Warm : All).Select(figure => figure.JobsPerSecond).Median();

    public string Title => Version is null ? System : $"{System} {Version}";

    public static IReadOnlyList<Rounds> Of(IEnumerable<Figure> figures) =>
    [
        .. figures
            .GroupBy(figure => (figure.System, figure.Version, figure.Setting, figure.Store))
            .Select(group => new Rounds(group.Key.System, group.Key.Version, group.Key.Setting, group.Key.Store, [.. group.OrderBy(figure => figure.Round)])),
    ];

    public static Rounds? BestPeer(IEnumerable<Rounds> rows) => rows.Where(row => !row.IsRatchet).MaxBy(row => row.JobsPerSecond);

    public double? RatioTo(Rounds? peer) => peer is null ? null : JobsPerSecond / peer.JobsPerSecond;
}
