using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ratchet.Execution.Packages;

/// <summary>
/// The content address of a task: SHA-256 over the four files, each as its name, a zero byte, its length (8 bytes, little endian) and its bytes.
/// </summary>
internal static class TaskDigest
{
    /// <summary>Lower-case hexadecimal. The lengths keep two different sets of files from giving the same bytes.</summary>
    public static string Of(Func<string, byte[]> content)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(long)];
        foreach (string file in TaskFileNames.Required)
        {
            byte[] bytes = content(file);
            BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
            hash.AppendData(Encoding.UTF8.GetBytes(file + "\0"));
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
