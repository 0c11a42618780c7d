using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Testing;

/// <summary>The results of a task's tests on stdout.</summary>
internal static class TestReport
{
    public static void Write(IReadOnlyList<TestResult> results, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                JsonOutput.WriteIndented(ToJson(results));
                break;
            case OutputFormat.Yaml:
                YamlOutput.Write(ToJson(results));
                break;
            default:
                WriteTable(results);
                break;
        }
    }

    private static void WriteTable(IReadOnlyList<TestResult> results)
    {
        TableOutput.Write([new("TEST", 2, Fit.Wrap), new("RESULT", 1), new("TIME", 3)], results.Select(r => new[] { r.Name, Word(r), Time(r) }));
        foreach (TestResult failed in results.Where(r => !r.Passed))
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine($"{failed.Name}:");
            foreach (string line in failed.Differences) Console.Out.WriteLine($"  {Messages.Clean(line)}");
        }

        Console.Out.WriteLine();
        Console.Out.WriteLine($"{results.Count(r => r.Passed)} passed, {results.Count(r => !r.Passed)} failed");
    }

    private static JsonElement ToJson(IReadOnlyList<TestResult> results)
    {
        JsonArray rows = [];
        foreach (TestResult result in results)
        {
            rows.Add((JsonNode)new JsonObject
            {
                ["test"] = result.Name,
                ["result"] = Word(result),
                ["durationMs"] = result.Duration.TotalMilliseconds,
                ["differences"] = new JsonArray([.. result.Differences.Select(d => (JsonNode)JsonValue.Create(d))]),
            });
        }

        return JsonElement.Parse(rows.ToJsonString());
    }

    private static string Time(TestResult result) => string.Create(CultureInfo.InvariantCulture, $"{result.Duration.TotalMilliseconds:0.0} ms");

    private static string Word(TestResult result) => result.Passed ? "passed" : "failed";
}
