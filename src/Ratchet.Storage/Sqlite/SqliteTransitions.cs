using System.Collections.Frozen;
using Ratchet.Jobs;

namespace Ratchet.Storage.Sqlite;

/// <summary>The states that each transition may leave, as the JSON arrays that the statements take.</summary>
internal static class SqliteTransitions
{
    private static readonly FrozenDictionary<string, string> Origins = JobTransition.All.ToFrozenDictionary(t => t.Name, t => SqliteValues.States(t.From));

    public static string From(JobTransition transition) => Origins[transition.Name];
}
