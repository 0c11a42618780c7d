namespace Ratchet.Callers;

/// <summary>Who a call is made for. It travels with the call through every grain (<see cref="CallerFlow"/>), so that logs, history and checks anywhere know it.</summary>
/// <param name="Tenant">Whose data is meant. Nothing of another tenant is ever read or changed for this call.</param>
/// <param name="Principal">Who asks: the actor in the history of jobs. <see cref="Anonymous"/> until identities are known.</param>
/// <param name="CorrelationId">What ties together all that one request caused; the request's id unless the caller brought one. 1 to 128 plain characters.</param>
[GenerateSerializer, Immutable, Alias("ratchet.caller")]
public sealed record Caller([property: Id(0)] string Tenant, [property: Id(1)] string Principal, [property: Id(2)] string CorrelationId)
{
    /// <summary>The principal of requests that nobody has signed.</summary>
    public const string Anonymous = "client";
}
