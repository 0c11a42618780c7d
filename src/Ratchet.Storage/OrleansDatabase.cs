namespace Ratchet.Storage;

/// <summary>Where Orleans keeps reminders, grain state and, on PostgreSQL, membership: what its ADO.NET providers are configured with.</summary>
/// <param name="Invariant"><c>Npgsql</c>, or <c>System.Data.SQLite</c>, the name under which Orleans loads Microsoft.Data.Sqlite.</param>
/// <param name="ConnectionString">May hold a password: never log it.</param>
public sealed record OrleansDatabase(string Invariant, string ConnectionString)
{
    /// <summary>Membership needs PostgreSQL; on SQLite there is one silo and nothing to agree on.</summary>
    public bool SupportsClustering => Invariant == "Npgsql";

    public override string ToString() => Invariant;
}
