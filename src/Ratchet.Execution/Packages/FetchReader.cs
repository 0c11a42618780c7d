using Ratchet.Execution.Fetch;
using Ratchet.Tasks;

namespace Ratchet.Execution.Packages;

/// <summary>Reads <c>fetch</c>: what a task holds itself to.</summary>
internal static class FetchReader
{
    private const int MostHosts = 100;

    /// <returns>Null when the task has none.</returns>
    public static FetchRules? Read(JsonSection root)
    {
        if (root.Section("fetch") is not { } section) return null;
        section.RefuseUnknown("allow", "deny", "timeoutMs", "calls", "concurrent", "responseBytes", "totalBytes");
        return new FetchRules(Hosts(section, "allow"), Hosts(section, "deny"))
        {
            Timeout = section.Integer("timeoutMs", 1, 600_000) is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
            Calls = (int?)section.Integer("calls", 0, 100_000),
            Concurrent = (int?)section.Integer("concurrent", 1, 256),
            ResponseBytes = (int?)section.Integer("responseBytes", 1, 64 << 20),
            TotalBytes = (int?)section.Integer("totalBytes", 1, 1 << 30),
        };
    }

    private static IReadOnlyList<string> Hosts(JsonSection section, string key)
    {
        IReadOnlyList<string> hosts = section.Texts(key) ?? [];
        if (hosts.Count > MostHosts) section.AddProblem(key, $"{section.Name(key)} may have {MostHosts} hosts, not {hosts.Count}.");
        foreach (string host in hosts)
        {
            if (!HostPattern.TryParse(host, out _)) section.AddProblem(key, $"{section.Name(key)} has \"{host}\", which is not a host, `*.` and a domain, or `*`. Ports and paths are not told apart.");
        }

        return hosts;
    }
}
