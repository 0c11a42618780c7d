using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Ratchet.Callers;
using Ratchet.Queues;

namespace Ratchet.Gateway.Hosting;

/// <summary>Decides for whom a request is and sends that along with every grain call. Until identities are known everybody is the default tenant's anonymous client.</summary>
internal sealed class CallerMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var caller = new Caller(QueueKey.DefaultTenant, Caller.Anonymous, http.TraceIdentifier);
        http.Features.Set(caller);
        CallerFlow.Begin(caller);
        return next(http);
    }
}

internal static class CallerOfRequest
{
    /// <summary>For whom the request is.</summary>
    public static Caller Caller(this HttpContext http) => http.Features.GetRequiredFeature<Caller>();

    public static string Tenant(this HttpContext http) => http.Caller().Tenant;
}
