using System.Collections.Concurrent;

namespace Ratchet.Tests.Support;

/// <summary>What grains were asked, and what they answer.</summary>
public sealed class GrainCalls
{
    private readonly ConcurrentDictionary<string, Func<object?[], object?>> answers = new();
    private readonly ConcurrentQueue<string> made = new();

    /// <summary>Each call as <c>IJobGrain.CancelAsync key(arguments)</c>, in order; keys that the gateway makes up are left to look at in the call itself.</summary>
    public IReadOnlyList<string> Made => [.. made];

    /// <summary>For the next test.</summary>
    public void Clear()
    {
        answers.Clear();
        made.Clear();
    }

    /// <param name="call">Such as <c>IJobGrain.CancelAsync</c>.</param>
    /// <param name="answer">Given the arguments; may throw what the grain throws.</param>
    public void On(string call, Func<object?[], object?> answer) => answers[call] = answer;

    public void On(string call, object? answer) => On(call, _ => answer);

    internal object? Answer(string call, object? key, object?[] args)
    {
        object?[] said = [.. args.Where(a => a is not CancellationToken)];
        made.Enqueue($"{call} {key}({string.Join(", ", said.Select(a => a ?? "null"))})");
        return answers.TryGetValue(call, out Func<object?[], object?>? answer) ? answer(said) : throw new InvalidOperationException($"The test has no answer for {call}.");
    }
}
