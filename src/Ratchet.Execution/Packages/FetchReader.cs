using Ratchet.Execution.Fetch;
using Ratchet.Tasks;

namespace Ratchet.Execution.Packages;

/// <summary>Reads <c>fetch</c>: the hosts that a task holds itself to.</summary>
internal static class FetchReader
{
    private const int MostHosts = 100;

    /// <returns>Null when the task has none.</returns>
    public static FetchRules? Read(JsonSection root)
    {
        if (root.Section("fetch") is not { } section) return null;
        section.RefuseUnknown("allow", "deny");
        return new FetchRules(Hosts(section, "allow"), Hosts(section, "deny"));
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
