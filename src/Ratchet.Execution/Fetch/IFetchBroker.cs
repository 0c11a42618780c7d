using Ratchet.Tasks;

namespace Ratchet.Execution.Fetch;

/// <summary>Answers a script's <c>fetch</c>. Real HTTP, the mocks of a test, or a recording.</summary>
public interface IFetchBroker
{
    /// <summary>Whether it has its answers and does not wait for anyone: it is then asked in the order of the calls.</summary>
    bool AnswersAtOnce => false;

    /// <exception cref="FetchException">No answer: the script sees a NetworkError (or TimeoutError) with this message.</exception>
    Task<FetchResponse> FetchAsync(FetchRequest request, CancellationToken cancel);
}

/// <param name="Url">As the script gave it; absolute.</param>
/// <param name="Method">Upper case.</param>
/// <param name="Headers">In the script's order; a name may repeat.</param>
public sealed record FetchRequest(string Url, string Method, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte>? Body)
{
    /// <summary>The hosts that its task holds itself to; null: whatever the node allows.</summary>
    public FetchRules? Rules { get; init; }

    /// <summary>Which of its run's calls it is, from 1.</summary>
    public int Number { get; init; } = 1;

    /// <summary>What its run has used so far.</summary>
    public FetchUse Use { get; init; } = new();

    /// <summary>The name of its task, by which secrets are given.</summary>
    public string Task { get; init; } = "";
}

public sealed record FetchResponse(int Status, string StatusText, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>After redirects.</summary>
    public string? Url { get; init; }
}

/// <param name="errorName">The class that the script catches: one of the constants.</param>
public sealed class FetchException(string errorName, string message) : RatchetException(message)
{
    public const string Network = "NetworkError";
    public const string Timeout = "TimeoutError";
    /// <summary>The execution has used up what it may use of the network.</summary>
    public const string Limit = "FetchLimitError";
    /// <summary>The task names a secret that it cannot have.</summary>
    public const string Configuration = "ConfigurationError";

    public string ErrorName { get; } = errorName;
}
