using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Jobs;

/// <summary>Body of POST /jobs/{id}/cancel: <c>{reason?}</c>.</summary>
internal static class CancelRequest
{
    private const int MostChars = 500;

    internal static readonly BodyShape<string?> Shape = new("a cancel") { { "reason", (_, ref body) => body.Text() } };

    /// <returns>The reason, for the job's history; null when none was given.</returns>
    public static string? Read(ReadOnlySpan<byte> body)
    {
        string? reason = BodyReader.Read(body, Shape, null);
        if (string.IsNullOrWhiteSpace(reason)) return null;
        return reason.Length <= MostChars && !reason.Any(char.IsControl)
            ? reason
            : throw new ProblemException(Problem.InvalidField("/reason", $"reason must have at most {MostChars} characters and no control characters."));
    }
}
