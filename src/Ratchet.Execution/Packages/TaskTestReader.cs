using System.Text.Json;
using Ratchet.Execution.Fetch;

namespace Ratchet.Execution.Packages;

/// <summary>Reads <c>tests/*.json</c>: <c>{input, expected_output | expected_error: {name, message?}, attempt?, mock?: {http}}</c>.</summary>
internal static class TaskTestReader
{
    private const int MaxChars = 10_000;

    /// <summary>Null, with problems added, unless everything in the file is right.</summary>
    public static TaskTest? Read(string file, byte[] bytes, List<TaskProblem> problems)
    {
        int before = problems.Count;
        if (JsonText.Parse(file, bytes, problems) is not { } text) return null;
        if (text.Root.ValueKind != JsonValueKind.Object)
        {
            text.AddProblem([], "must be a JSON object.");
            return null;
        }

        JsonSection root = new(text, text.Root, []);
        root.RefuseUnknown("input", "expected_output", "expected_error", "attempt", "mock", "name", "description");
        if (!root.TryGet("input", out JsonElement input)) text.AddProblem([], "`input` is missing.");
        bool output = root.TryGet("expected_output", out JsonElement expected);
        ExpectedError? error = Error(root);
        if (output == root.Has("expected_error")) text.AddProblem([], "must have one of `expected_output` and `expected_error`.");
        TaskTest test = new()
        {
            File = file,
            Input = input,
            ExpectedOutput = output ? expected : null,
            ExpectedError = error,
            Attempt = (int?)root.Integer("attempt", 1, Limits.MaxAttempts) ?? 1,
            Mocks = root.Section("mock") is { } mock ? MockReader.Read(text, mock) : [],
        };
        return problems.Count == before ? test : null;
    }

    private static ExpectedError? Error(JsonSection root)
    {
        if (root.Section("expected_error") is not { } section) return null;
        section.RefuseUnknown("name", "message");
        return section.RequiredText("name", Limits.NameChars) is { } name ? new ExpectedError(name, section.Text("message", MaxChars)) : null;
    }
}
