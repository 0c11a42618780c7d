using System.Text;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.GraphQL.Schema;

/// <summary>Global ids (GraphQL Global Object Identification Specification): the type and its key, in Base64. Clients take them as they are.</summary>
internal readonly record struct NodeId(string Type, string Key)
{
    public static string Of(string type, string key) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{type}:{key}"));

    public static bool TryParse(string text, out NodeId id)
    {
        id = default;
        Span<byte> bytes = stackalloc byte[1024];
        if (text.Length > 1024 || !Convert.TryFromBase64String(text, bytes, out int length)) return false;
        string plain = Encoding.UTF8.GetString(bytes[..length]);
        int colon = plain.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) return false;
        id = new NodeId(plain[..colon], plain[(colon + 1)..]);
        return true;
    }

    /// <summary>The key of an object that is named by its global id or by its own.</summary>
    /// <exception cref="ProblemException">The id is one of another type.</exception>
    public static string KeyOf(string type, string text)
    {
        if (!TryParse(text, out NodeId id) || !char.IsAsciiLetterUpper(id.Type[0])) return text;
        return id.Type == type ? id.Key : throw new ProblemException(Problem.NotFound($"'{text}' is the id of a {id.Type}, not of a {type}."));
    }
}
