namespace Ratchet.Execution.Fetch;

/// <summary>One prepared answer of a test.</summary>
/// <param name="Url">The whole URL that it answers, or a part of it.</param>
/// <param name="Method">Upper case; null for any.</param>
public sealed record MockExchange(string Url, string? Method, FetchResponse Response)
{
    public override string ToString() => $"{Method ?? "any method"} {Url}";
}
