using Ratchet.Execution.Fetch;

namespace Ratchet.Execution.Fetch.Secrets;

/// <summary>A value that tasks may have sent, by its name, and never see.</summary>
/// <param name="Value">At least <see cref="ShortestChars"/> characters.</param>
/// <param name="Hosts">Where it may be sent to.</param>
/// <param name="Tasks">The tasks that may have it sent; none: all.</param>
public sealed record Secret(string Value, IReadOnlyList<HostPattern> Hosts, IReadOnlyList<string> Tasks)
{
    /// <summary>A shorter one could not be taken out of answers without damage to them.</summary>
    public const int ShortestChars = 8;

    public bool IsFor(string task) => Tasks.Count == 0 || Tasks.Contains(task, StringComparer.Ordinal);

    public bool MayGoTo(string host) => Hosts.Any(pattern => pattern.Matches(host));
}

/// <summary>Where secrets come from.</summary>
public interface ISecretSource
{
    /// <returns>Null when there is none of that name.</returns>
    /// <exception cref="RatchetException">They cannot be read.</exception>
    Secret? Find(string name);
}

/// <summary>Of nodes and commands that have none.</summary>
public sealed class NoSecrets : ISecretSource
{
    public Secret? Find(string name) => null;
}
