using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Limiting;

/// <summary>Limits for people.</summary>
internal static class LimitTable
{
    public static void WriteAll(JsonElement limits) => Write(limits.EnumerateArray());

    public static void WriteOne(JsonElement limit) => Write([limit]);

    public static void WriteFields(JsonElement limit)
    {
        KeyValuePair<string, string>[] fields =
        [
            new("scope", limit.Shown("scope")), new("name", limit.Shown("name")), new("concurrency", limit.Shown("concurrency")), new("rate", Rate(limit)), new("held", limit.Shown("held")),
            new("holders", Joined(limit, "holders")), new("waiting queues", Joined(limit, "waiting")), new("started", Rate(limit).Length > 0 ? Used(limit) : ""),
            new("next start", limit.ShownTime("nextStart")), new("set", limit.Shown("set")),
        ];
        TableOutput.WriteFields(fields.Where(f => f.Value.Length > 0));
    }

    /// <summary>Both limits of a rule in a few words.</summary>
    public static string Rule(JsonElement rule) =>
        string.Join(", ", new[] { rule.Shown("concurrency") is { Length: > 0 } most ? $"{most} at once" : "", Rate(rule) }.Where(part => part.Length > 0));

    private static void Write(IEnumerable<JsonElement> limits) => TableOutput.Write(
        [new("SCOPE", 2), new("NAME", 1), new("CONCURRENCY", 4), new("RATE", 5), new("HELD", 3), new("STARTED", 6), new("NEXT START", 8), new("WAITING", 7, Fit.Wrap)],
        limits.Select(limit => new[]
        {
            limit.Shown("scope"), limit.Shown("name"), limit.Shown("concurrency"), Rate(limit), limit.Shown("held"), Rate(limit).Length > 0 ? Used(limit) : "", limit.ShownTime("nextStart"), Joined(limit, "waiting"),
        }));

    /// <summary>How much of the window is taken.</summary>
    private static string Used(JsonElement limit) => $"{limit.Shown("started")}/{limit.Field("rate")?.Shown("count")}";

    private static string Rate(JsonElement rule) => rule.Field("rate") is { } rate ? $"{rate.Shown("count")}/{rate.Shown("window")}" : "";

    private static string Joined(JsonElement limit, string key) => string.Join(' ', limit.Items(key).Select(i => i.ToString()));
}
