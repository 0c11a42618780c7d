using System.Collections.Frozen;
using Ratchet.Jobs;

namespace Ratchet.Storage.Sqlite;

/// <summary>The states that each transition may leave, as the statements take them: |QUEUED|PROCESSING|.</summary>
internal static class SqliteTransitions
{
    private static readonly FrozenDictionary<string, string> Origins = JobTransition.All.ToFrozenDictionary(t => t.Name, t => $"|{string.Join('|', t.From.Select(f => f.Name()))}|");

    public static string From(JobTransition transition) => Origins[transition.Name];
}
