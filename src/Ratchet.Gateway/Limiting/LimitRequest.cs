using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Submissions;
using Ratchet.Limiting;

namespace Ratchet.Gateway.Limiting;

/// <summary>Body of PUT /limits/{scope}/{name}: <c>{concurrency?, rate?: {count, window}}</c>, at least one of them.</summary>
internal static class LimitRequest
{
    private static readonly TimeSpan LeastWindow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostWindow = TimeSpan.FromDays(1);

    internal static readonly BodyShape<(int? Concurrency, RateLimit? Rate)> Shape = new("a limit")
    {
        { "concurrency", (draft, ref body) => draft with { Concurrency = body.Integer() } },
        { "rate", (draft, ref body) => draft with { Rate = RateField.Read(ref body) } },
    };

    public static LimitRule Read(ReadOnlySpan<byte> body, LimitScope scope, string name)
    {
        (int? concurrency, RateLimit? rate) = BodyReader.Read(body, Shape, default);
        if (concurrency is null && rate is null) throw Wrong("", "A limit needs concurrency, rate or both; DELETE takes a limit away.");
        if (concurrency == 0 || rate?.Count == 0)
            throw Wrong(concurrency == 0 ? "/concurrency" : "/rate/count", $"A limit of zero would hold up all jobs for ever; {Instead(scope)}.");
        if (concurrency is < 1 or > Limits.ConcurrencyLimit) throw Wrong("/concurrency", $"concurrency must be from 1 to {Limits.ConcurrencyLimit}.");
        if (rate?.Count is < 1 or > Limits.RateCount) throw Wrong("/rate/count", $"rate.count must be from 1 to {Limits.RateCount}.");
        if (rate is not null && (rate.Window < LeastWindow || rate.Window > MostWindow)) throw Wrong("/rate/window", "rate.window must be from 1 second to 1 day.");
        return new LimitRule(scope, name, concurrency, rate);
    }

    private static string Instead(LimitScope scope) => scope switch
    {
        LimitScope.Queue => "pause the queue instead",
        LimitScope.Task => "pause the task instead",
        _ => "pause the queue or the task instead",
    };

    private static ProblemException Wrong(string pointer, string detail) => new(Problem.InvalidField(pointer, detail));
}
