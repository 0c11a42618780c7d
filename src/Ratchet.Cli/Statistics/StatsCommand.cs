using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Statistics;

/// <summary><c>ratchet stats</c>: how jobs do, at a glance.</summary>
internal static class StatsCommand
{
    public static Command Create()
    {
        ServerOption server = new();
        Option<string> window = new("--window") { Description = "What times and failures are of, from 10s to 1h (default 15m).", HelpName = "DURATION" };
        OutputOption output = new();
        return new Command("stats", "Shows how many jobs there are, how fast they are done, and how long they wait and run.") { server, window, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            string query = ApiPath.Query([("window", parsed.GetValue(window))]);
            Show.Write((await client.GetAsync(query.Length > 0 ? $"statistics?{query}" : "statistics", cancel)).Body, output.Of(parsed), WriteFields);
            return ExitCodes.Ok;
        });
    }

    private static void WriteFields(JsonElement statistics)
    {
        HashSet<string> more = [.. statistics.Items("more").Select(state => state.GetString()!)];
        Dictionary<string, string> fields = [];
        foreach (JsonProperty state in statistics.GetProperty("jobs").EnumerateObject()) fields[state.Name] = more.Contains(state.Name) ? $"{state.Value} or more" : state.Value.ToString();
        JsonElement throughput = statistics.GetProperty("throughput");
        foreach (string span in (string[])["minute", "hour"])
        {
            JsonElement seen = throughput.GetProperty(span);
            fields[$"last {span}"] = $"{seen.Shown("completed")} completed, {seen.Shown("failed")} attempts failed, {seen.Shown("perSecond")}/s";
        }

        string window = statistics.Shown("window");
        fields[$"wait ({window})"] = Times(statistics.GetProperty("wait"));
        fields[$"run ({window})"] = Times(statistics.GetProperty("run"));
        foreach (JsonProperty kind in statistics.GetProperty("failures").EnumerateObject()) fields[kind.Name] = kind.Value.ToString();
        fields["nodes"] = statistics.Shown("nodes");
        TableOutput.WriteFields(fields);
    }

    private static string Times(JsonElement times) => times.Field("p50Ms") is null
        ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"p50 {times.Shown("p50Ms")} ms, p95 {times.Shown("p95Ms")} ms, p99 {times.Shown("p99Ms")} ms");
}
