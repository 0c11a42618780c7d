namespace Ratchet.Webhooks;

/// <summary>A delivery's id as clients and receivers see it: <c>msg_</c> and 32 hexadecimal digits.</summary>
public static class DeliveryId
{
    private const string Prefix = "msg_";

    public static string Format(Guid id) => $"{Prefix}{id:N}";

    public static bool TryParse(string text, out Guid id)
    {
        id = default;
        return text.StartsWith(Prefix, StringComparison.Ordinal) && Guid.TryParseExact(text[Prefix.Length..], "N", out id);
    }
}
