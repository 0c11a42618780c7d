namespace Ratchet.Execution.Webhooks;

/// <summary>What one attempt sends.</summary>
/// <param name="Id">Goes out as <c>webhook-id</c>, the same at every attempt.</param>
/// <param name="Body">JSON.</param>
/// <param name="Keys">What it is signed with.</param>
public sealed record WebhookMessage(string Url, string Id, byte[] Body, IReadOnlyList<byte[]> Keys)
{
    /// <summary>Its id alone: whoever writes it into a log writes no key.</summary>
    public override string ToString() => Id;
}

/// <summary>What came of one attempt.</summary>
/// <param name="Status">Null when there was no answer.</param>
/// <param name="Error">Null when the receiver has accepted it.</param>
/// <param name="Response">The first of the answer's bytes, as text.</param>
/// <param name="RetryAfter">How long the receiver asks to be left alone (RFC 9110, 10.2.3).</param>
public sealed record WebhookAnswer(DateTimeOffset At, int? Status, string? Error, TimeSpan Duration, string? Response, TimeSpan? RetryAfter)
{
    public const int Gone = 410;

    public bool Accepted => Error is null;
}
