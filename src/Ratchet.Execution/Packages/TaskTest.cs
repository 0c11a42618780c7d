using System.Text.Json;
using Ratchet.Execution.Fetch;

namespace Ratchet.Execution.Packages;

/// <summary>One file of a task's <c>tests/</c>. Exactly one of <see cref="ExpectedOutput"/> and <see cref="ExpectedError"/> is set.</summary>
public sealed record TaskTest
{
    /// <summary>Relative to the task's folder: <c>tests/two-numbers.json</c>.</summary>
    public required string File { get; init; }
    public required JsonElement Input { get; init; }
    public JsonElement? ExpectedOutput { get; init; }
    public ExpectedError? ExpectedError { get; init; }
    /// <summary>What <c>context.attempt</c> is to be; from 1.</summary>
    public int Attempt { get; init; } = 1;
    /// <summary>Answers to the task's fetch calls. Without any, every call fails: a test never reaches the network.</summary>
    public IReadOnlyList<MockExchange> Mocks { get; init; } = [];

    public string Name => Path.GetFileNameWithoutExtension(File);
}

/// <summary>The failure that a test wants.</summary>
/// <param name="Name">Class of the error (<c>NetworkError</c>), or the failure's kind where no code threw (<c>InvalidInput</c>).</param>
/// <param name="Message">A part of the error's message; null when any will do.</param>
public sealed record ExpectedError(string Name, string? Message);
