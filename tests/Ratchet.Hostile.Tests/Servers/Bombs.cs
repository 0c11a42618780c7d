using System.Collections.Concurrent;
using System.IO.Compression;

namespace Ratchet.Hostile.Tests.Servers;

/// <summary>Small bodies that are large once they are unpacked.</summary>
internal static class Bombs
{
    private const int Megabytes = 64;
    private static readonly ConcurrentDictionary<string, byte[]> Made = [];

    /// <param name="encoding">As Content-Encoding names it: gzip, deflate or br.</param>
    public static byte[] Of(string encoding) => Made.GetOrAdd(encoding, static encoding =>
    {
        using var packed = new MemoryStream();
        using (Stream packer = Packer(encoding, packed))
        {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < Megabytes; i++) packer.Write(zeros);
        }
        return packed.ToArray();
    });

    private static Stream Packer(string encoding, Stream to) => encoding switch
    {
        "gzip" => new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true),
        // What HTTP calls deflate is zlib's format (RFC 9110, section 8.4.1.2).
        "deflate" => new ZLibStream(to, CompressionLevel.Fastest, leaveOpen: true),
        _ => new BrotliStream(to, CompressionLevel.Fastest, leaveOpen: true),
    };
}
