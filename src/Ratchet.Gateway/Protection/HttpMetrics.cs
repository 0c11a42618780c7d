using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ratchet.Gateway.Protection;

/// <summary>Instruments of a gateway, under the meter <see cref="MeterName"/>. No attribute has an address or a path that clients choose.</summary>
public sealed class HttpMetrics : IDisposable
{
    public const string MeterName = "Ratchet.Http";
    private readonly Counter<long> requests;
    private readonly Histogram<double> duration;
    private readonly Counter<long> limited;
    private readonly Counter<long> leases;
    private readonly Counter<long> timeouts;
    private readonly Counter<long> refused;
    private int connections;

    public HttpMetrics()
    {
        requests = Meter.CreateCounter<long>("ratchet.http.requests", "{request}", "Requests that were answered, by method, route and status.");
        duration = Meter.CreateHistogram<double>("ratchet.http.request.duration", "s", "From a request's headers to the end of its answer, by method and route.");
        limited = Meter.CreateCounter<long>("ratchet.http.limited", "{request}", "Requests beyond their address's rate.");
        leases = Meter.CreateCounter<long>("ratchet.http.leases", "{lease}", "Bunches of tokens that were asked for, by outcome.");
        timeouts = Meter.CreateCounter<long>("ratchet.http.timeouts", "{request}", "Requests whose answer had not begun in time.");
        refused = Meter.CreateCounter<long>("ratchet.http.connections.refused", "{connection}", "Connections of addresses that had too many.");
        Meter.CreateObservableUpDownCounter("ratchet.http.connections", () => Volatile.Read(ref connections), "{connection}", "Connections that are open.");
        Meter.CreateObservableUpDownCounter("ratchet.http.clients", () => Clients(), "{address}", "Addresses whose rate is in memory.");
    }

    internal Meter Meter { get; } = new(MeterName);

    internal Func<int> Clients { get; set; } = () => 0;

    internal bool CountsRequests => requests.Enabled || duration.Enabled;

    public void Dispose() => Meter.Dispose();

    internal void Ended(HttpContext http, TimeSpan took)
    {
        var method = new KeyValuePair<string, object?>("method", MethodOf(http.Request.Method));
        var route = new KeyValuePair<string, object?>("route", (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none");
        requests.Add(1, method, route, new KeyValuePair<string, object?>("status", http.Response.StatusCode));
        duration.Record(took.TotalSeconds, method, route);
    }

    internal void Limited() => limited.Add(1);

    internal void Leased(string outcome) => leases.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    internal void TimedOut() => timeouts.Add(1);

    internal void Connected(int change) => Interlocked.Add(ref connections, change);

    internal void Refused() => refused.Add(1);

    /// <summary>Those that somebody has registered; a client can make up any number of others.</summary>
    private static string MethodOf(string method) => method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" ? method : "_OTHER";
}
