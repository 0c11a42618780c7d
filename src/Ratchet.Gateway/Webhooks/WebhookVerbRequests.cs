using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Webhooks;

/// <summary>Bodies of the calls that make a webhook do something.</summary>
internal static class WebhookVerbRequests
{
    private static readonly TimeSpan DefaultOverlap = TimeSpan.FromDays(1);

    internal static readonly BodyShape<(string? Secret, TimeSpan Overlap)> RotateShape = new("a rotation")
    {
        { "secret", (draft, ref body) => draft with { Secret = body.Text() } },
        { "overlap", (draft, ref body) => draft with { Overlap = body.Duration() } },
    };

    internal static readonly BodyShape<DateTimeOffset?> ResendShape = new("a resend") { { "since", (_, ref body) => body.Instant() } };

    /// <returns>The secret is null when the server is to make one.</returns>
    public static (string? Secret, TimeSpan Overlap) Rotate(ReadOnlySpan<byte> body) => BodyReader.Read(body, RotateShape, (null, DefaultOverlap));

    /// <exception cref="ProblemException">As <see cref="BodyReader.Read"/>.</exception>
    public static DateTimeOffset Resend(ReadOnlySpan<byte> body) => BodyReader.Read(body, ResendShape, null)
        ?? throw new ProblemException(Problem.InvalidField("/since", "since is missing: failed deliveries of events from then on are sent again."));
}
