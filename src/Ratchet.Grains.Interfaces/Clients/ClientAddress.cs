using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Ratchet.Clients;

/// <summary>
/// Whom a rate is counted for, in eight bytes: an IPv4 address, or the first 64 bits of an IPv6 address, which is what one subscriber has (RFC 6177, section 2). The two do not meet: an
/// IPv4 address is below 2^32, where IPv6 has unspecified and loopback addresses alone.
/// </summary>
public static class ClientAddress
{
    /// <summary>Keepers that addresses are spread over.</summary>
    public const int Parts = 32;

    public static ulong Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>The keeper of an address. Neighbours are spread by Fibonacci hashing.</summary>
    public static int PartOf(ulong address) => (int)((address * 11_400_714_819_323_198_485UL) >> 59);
}
