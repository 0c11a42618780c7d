using Ratchet.Gateway.Jobs;
using Ratchet.Jobs;

namespace Ratchet.Gateway.GraphQL.Schema;

/// <summary>Events that a subscription can go on from.</summary>
internal static class Resumable
{
    public static string? CursorOf(object happened) => happened switch
    {
        JobEvent job => job.Cursor.ToString(),
        LogLineJson line => LogRequest.IdOf(line.Execution, line.Line),
        _ => null,
    };
}
