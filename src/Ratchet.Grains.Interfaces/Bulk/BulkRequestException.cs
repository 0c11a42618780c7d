namespace Ratchet.Bulk;

/// <summary>A bulk operation that cannot be meant so. Clients see 422.</summary>
[GenerateSerializer, Alias("ratchet.bulk-request-exception")]
public sealed class BulkRequestException(string message) : RatchetException(message);
