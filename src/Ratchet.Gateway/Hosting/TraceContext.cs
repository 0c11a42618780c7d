using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Ratchet.Gateway.Hosting;

/// <summary>W3C Trace Context: the caller's traceparent goes with the job, so that its attempts can link to it.</summary>
internal static class TraceContext
{
    public static string? Of(IHeaderDictionary headers)
    {
        string? given = headers.TraceParent;
        return given is not null && ActivityContext.TryParse(given, null, out _) ? given : null;
    }
}
