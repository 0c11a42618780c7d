using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Ratchet.Sandbox.Execution;

/// <summary>Bytes as text with a code unit from 0 to 255 a byte: host functions take and return primitives only.</summary>
internal static class ByteText
{
    public static string Of(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>The UTF-8 of a text; unpaired surrogates become U+FFFD.</summary>
    public static string Encode(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>The text of UTF-8; what is none becomes U+FFFD (Encoding standard, "UTF-8 decode without BOM").</summary>
    public static string Decode(string bytes) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));

    /// <param name="algorithm">As the Web Cryptography API names it; the prelude lets no other through.</param>
#pragma warning disable CA5350 // SHA-1 is the script's choice: services still sign with it.
    public static string Digest(string algorithm, string bytes)
    {
        byte[] data = Encoding.Latin1.GetBytes(bytes);
        return Of(algorithm switch
        {
            "SHA-1" => SHA1.HashData(data),
            "SHA-256" => SHA256.HashData(data),
            "SHA-384" => SHA384.HashData(data),
            "SHA-512" => SHA512.HashData(data),
            _ => throw new UnreachableException(algorithm),
        });
    }
#pragma warning restore CA5350
}
