namespace Ratchet;

/// <summary>An idempotency key was used within its window for something else. Clients see 422.</summary>
[GenerateSerializer, Alias("ratchet.idempotency-conflict")]
public sealed class IdempotencyConflictException(string key)
    : RatchetException($"The idempotency key '{key}' was used within the last 24 hours for something else.");
