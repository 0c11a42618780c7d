namespace Ratchet.Execution.Fetch.Secrets;

/// <summary>Section <c>Secrets</c>: what scripts may have sent without seeing it.</summary>
public sealed record SecretOptions
{
    public const string Section = "Secrets";

    /// <summary>Path of the JSON file with them (<see cref="SecretFile"/>); none by default.</summary>
    public string? File { get; init; }

    /// <exception cref="RatchetException">The file is not there, or is wrong.</exception>
    public ISecretSource Open(TimeProvider time) => File is null ? new NoSecrets() : new SecretFile(File, time);
}
