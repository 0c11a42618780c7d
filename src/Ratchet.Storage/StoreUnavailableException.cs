namespace Ratchet.Storage;

/// <summary>The database did not answer, refused the connection or lost it. Whether the last write took effect is unknown.</summary>
public sealed class StoreUnavailableException(string message, Exception inner) : RatchetException(message, inner);
