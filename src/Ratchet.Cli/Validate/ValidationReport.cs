using System.Text.Json;
using System.Text.Json.Nodes;
using Ratchet.Cli.Output;
using Ratchet.Execution.Packages;

namespace Ratchet.Cli.Validate;

/// <summary>What is wrong with a task, on stdout: a line each for people, one document for programs.</summary>
internal static class ValidationReport
{
    public static void Write(TaskReading reading, IReadOnlyList<TaskProblem> problems, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                JsonOutput.WriteIndented(ToJson(reading, problems));
                break;
            case OutputFormat.Yaml:
                YamlOutput.Write(ToJson(reading, problems));
                break;
            default:
                foreach (TaskProblem problem in problems) Console.Out.WriteLine(Messages.Clean(problem.ToString()));
                if (problems.Count == 0) Console.Out.WriteLine($"{reading.Package!.Name} {reading.Package.Version} is valid ({Count(reading.Tests.Count, "test")}).");
                break;
        }
    }

    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static JsonElement ToJson(TaskReading reading, IReadOnlyList<TaskProblem> problems)
    {
        var report = new JsonObject
        {
            ["valid"] = problems.Count == 0,
            ["source"] = reading.Source,
            ["task"] = reading.Package?.Name,
            ["version"] = reading.Package?.Version,
            ["tests"] = reading.Tests.Count,
            ["problems"] = new JsonArray([.. problems.Select(ToJson)]),
        };
        return JsonElement.Parse(report.ToJsonString());
    }

    private static JsonObject ToJson(TaskProblem problem) => new()
    {
        ["file"] = problem.File,
        // Of the whole file there is no line to be told.
        ["line"] = problem.Line == 0 ? null : problem.Line,
        ["column"] = problem.Column == 0 ? null : problem.Column,
        ["message"] = problem.Message,
    };
}
