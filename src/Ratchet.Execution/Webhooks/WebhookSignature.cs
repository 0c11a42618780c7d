using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ratchet.Execution.Webhooks;

/// <summary>Signatures of Standard Webhooks 1.0.0 (Signature scheme, symmetric): HMAC-SHA256 over id, timestamp and body, joined by full stops.</summary>
public static class WebhookSignature
{
    /// <param name="keys">One, or two while secrets rotate: there is a signature of each.</param>
    /// <returns><c>v1,</c> and the signature in base64; several with spaces between.</returns>
    public static string Sign(IReadOnlyList<byte[]> keys, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        byte[] head = Encoding.UTF8.GetBytes($"{id}.{Timestamp(at)}.");
        byte[] signed = [.. head, .. body];
        return string.Join(' ', keys.Select(key => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}"));
    }

    /// <summary>Whole seconds since 1970.</summary>
    public static string Timestamp(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
