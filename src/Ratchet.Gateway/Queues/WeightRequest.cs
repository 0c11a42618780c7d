using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Queues;

/// <summary>Body of PUT /queues/{name}/weights/{key}: <c>{weight}</c>.</summary>
internal static class WeightRequest
{
    private const double Most = 1_000;

    internal static readonly BodyShape<double?> Shape = new("a weight") { { "weight", (_, ref body) => body.Number() } };

    public static double Read(ReadOnlySpan<byte> body) => BodyReader.Read(body, Shape, null) is { } weight and > 0 and <= Most
        ? weight
        : throw new ProblemException(Problem.InvalidField("/weight", $"weight must be a number above 0, up to {Most}: how many turns the key has for each turn of one with weight 1."));
}
