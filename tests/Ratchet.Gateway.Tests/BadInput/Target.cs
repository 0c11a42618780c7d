using System.Text.Json.Nodes;
using Ratchet.Gateway.Tests.Support;

namespace Ratchet.Gateway.Tests.BadInput;

/// <summary>An operation of the description, with a place to try it at.</summary>
internal sealed record Target(string Path, string Method, JsonObject Operation)
{
    public string At { get; } = Path
        .Replace("{id}", Path.Contains("/schedules", StringComparison.Ordinal) || Path.Contains("/webhooks", StringComparison.Ordinal) ? "a" : Make.Id, StringComparison.Ordinal)
        .Replace("{name}", "a", StringComparison.Ordinal)
        .Replace("{version}", "1.0.0", StringComparison.Ordinal)
        .Replace("{scope}", "key", StringComparison.Ordinal)
        .Replace("{key}", "a", StringComparison.Ordinal)
        .Replace("{delivery}", "msg_0198000000007000800000000000000a", StringComparison.Ordinal)
        .Replace("{backfill}", Make.Id, StringComparison.Ordinal);

    public JsonObject? Body => Operation["requestBody"]?["content"]?["application/json"]?.AsObject();

    /// <summary>It reads a JSON object; the many submits of a bulk are an array.</summary>
    public bool TakesAnObject => Body is not null && !TakesMany;

    public bool TakesMany => Path.EndsWith("/jobs/bulk", StringComparison.Ordinal);

    public bool HasHeader(string name) => Parameters("header").Contains(name);

    public bool HasQuery(string name) => Parameters("query").Contains(name);

    private IEnumerable<string> Parameters(string place) =>
        (Operation["parameters"] as JsonArray ?? []).Where(p => p!["in"]!.GetValue<string>() == place).Select(p => p!["name"]!.GetValue<string>());
}
