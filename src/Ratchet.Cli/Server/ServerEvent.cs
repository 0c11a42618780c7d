namespace Ratchet.Cli.Server;

/// <summary>A server-sent event (HTML Standard, section 9.2).</summary>
/// <param name="Id">What to go on behind, as Last-Event-ID; null when the event has none.</param>
internal sealed record ServerEvent(string Name, string? Id, string Data);
