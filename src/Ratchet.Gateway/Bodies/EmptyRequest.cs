namespace Ratchet.Gateway.Bodies;

/// <summary>Body of a call that takes nothing: whoever sends a field expects something of it, and is told that nothing comes of it.</summary>
internal static class EmptyRequest
{
    private static readonly BodyShape<bool> Shape = new("this call") { };

    public static void Read(ReadOnlySpan<byte> body) => BodyReader.Read(body, Shape, true);
}
