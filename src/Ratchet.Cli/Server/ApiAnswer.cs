using System.Text.Json;

namespace Ratchet.Cli.Server;

/// <param name="Total">How many rows there are in all (<c>x-total-count</c>); null when the server did not say.</param>
internal sealed record ApiAnswer(JsonElement Body, long? Total);
