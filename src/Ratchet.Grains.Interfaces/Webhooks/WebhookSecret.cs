using System.Security.Cryptography;

namespace Ratchet.Webhooks;

/// <summary>Secrets in the form of Standard Webhooks 1.0.0 (Signature scheme, symmetric): <c>whsec_</c> and 24 to 64 bytes in base64.</summary>
public static class WebhookSecret
{
    public const string Prefix = "whsec_";
    private const int LeastBytes = 24;
    private const int MostBytes = 64;
    private const int NewBytes = 32;

    /// <summary>A new one of 32 random bytes.</summary>
    public static string Generate() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(NewBytes));

    /// <summary>The key within; false when the text is no secret.</summary>
    public static bool TryParse(string text, out byte[] key)
    {
        key = [];
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        byte[] bytes = new byte[MostBytes + 3];
        if (!Convert.TryFromBase64String(text[Prefix.Length..], bytes, out int length) || length is < LeastBytes or > MostBytes) return false;
        key = bytes[..length];
        return true;
    }
}
