using System.Security.Cryptography;
using System.Text;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Webhooks;

/// <summary>
/// Secrets as they are stored: with a key of the operator's sealed by AES-256-GCM (<c>gcm:</c>, then nonce, tag and text in base64), bound to their webhook, so
/// that one cannot be put into another's row; without a key as they are.
/// </summary>
public sealed class SecretSeal
{
    private const string Sealed = "gcm:";
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly byte[][] keys;

    /// <exception cref="RatchetException">A key is not 32 bytes in base64.</exception>
    public SecretSeal(IReadOnlyList<string> keys) => this.keys = [.. keys.Select(Parse)];

    public string Seal(WebhookKey webhook, string secret)
    {
        if (keys.Length == 0) return secret;
        byte[] text = Encoding.UTF8.GetBytes(secret);
        byte[] all = new byte[NonceBytes + TagBytes + text.Length];
        RandomNumberGenerator.Fill(all.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(keys[0], TagBytes);
        cipher.Encrypt(all.AsSpan(0, NonceBytes), text, all.AsSpan(NonceBytes + TagBytes), all.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(webhook.GrainKey));
        return Sealed + Convert.ToBase64String(all);
    }

    /// <exception cref="RatchetException">No key opens it.</exception>
    public string Open(WebhookKey webhook, string stored)
    {
        if (!stored.StartsWith(Sealed, StringComparison.Ordinal)) return stored;
        byte[] all = Convert.FromBase64String(stored[Sealed.Length..]);
        byte[] text = new byte[all.Length - NonceBytes - TagBytes];
        foreach (byte[] key in keys)
        {
            using var cipher = new AesGcm(key, TagBytes);
            try
            {
                cipher.Decrypt(all.AsSpan(0, NonceBytes), all.AsSpan(NonceBytes + TagBytes), all.AsSpan(NonceBytes, TagBytes), text, Encoding.UTF8.GetBytes(webhook.GrainKey));
                return Encoding.UTF8.GetString(text);
            }
            catch (AuthenticationTagMismatchException)
            {
                // Sealed with another of the keys.
            }
        }

        throw new RatchetException("The webhook's secret cannot be opened: no key in Webhooks:EncryptionKeys is the one that it was sealed with.");
    }

    private static byte[] Parse(string text)
    {
        byte[] key = new byte[KeyBytes + 3];
        return Convert.TryFromBase64String(text, key, out int length) && length == KeyBytes
            ? key[..KeyBytes]
            : throw new RatchetException($"Webhooks:EncryptionKeys has a key that is not {KeyBytes} bytes in base64; 'openssl rand -base64 32' makes one.");
    }
}
