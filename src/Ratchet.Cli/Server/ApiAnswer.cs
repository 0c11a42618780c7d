using System.Text.Json;

namespace Ratchet.Cli.Server;

/// <param name="Total">How many rows there are in all (<c>x-total-count</c>); null when the server did not say.</param>
/// <param name="ETag">Of what was read, to change just that.</param>
internal sealed record ApiAnswer(JsonElement Body, long? Total, string? ETag);
