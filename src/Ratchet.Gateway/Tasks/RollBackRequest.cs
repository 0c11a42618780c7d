using Ratchet.Gateway.Bodies;

namespace Ratchet.Gateway.Tasks;

/// <summary><c>{from?}</c>: the version to give up, which makes repeating harmless.</summary>
internal static class RollBackRequest
{
    internal static readonly BodyShape<string?> Shape = new("a roll-back")
    {
        { "from", (_, ref body) => body.Text() },
    };

    public static string? Read(ReadOnlySpan<byte> body) => BodyReader.Read(body, Shape, null);
}
