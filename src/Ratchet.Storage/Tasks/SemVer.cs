using System.Globalization;
using System.Numerics;

namespace Ratchet.Storage.Tasks;

/// <summary>
/// Order of versions as Semantic Versioning 2.0.0, section 11, has it: numbers by value, a pre-release before its release, build metadata not at all.
/// A text that is no version sorts before every one that is, by its characters.
/// </summary>
public sealed class SemVer : IComparer<string>
{
    public static readonly SemVer Order = new();

    public int Compare(string? x, string? y)
    {
        Parsed? left = Parse(x);
        Parsed? right = Parse(y);
        if (left is null || right is null) return left is null && right is null ? string.CompareOrdinal(x, y) : left is null ? -1 : 1;
        for (int i = 0; i < left.Core.Length; i++)
        {
            int order = left.Core[i].CompareTo(right.Core[i]);
            if (order != 0) return order;
        }
        // Build metadata does not count (section 10); the text decides between equals, so that the order is total.
        int pre = ComparePreRelease(left.PreRelease, right.PreRelease);
        return pre != 0 ? pre : string.CompareOrdinal(x, y);
    }

    private static int ComparePreRelease(string[] left, string[] right)
    {
        if (left.Length == 0 || right.Length == 0) return right.Length.CompareTo(left.Length);
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            int order = CompareIdentifier(left[i], right[i]);
            if (order != 0) return order;
        }
        return left.Length.CompareTo(right.Length);
    }

    private static int CompareIdentifier(string left, string right)
    {
        bool leftIsNumber = TryNumber(left, out BigInteger l);
        bool rightIsNumber = TryNumber(right, out BigInteger r);
        if (leftIsNumber && rightIsNumber) return l.CompareTo(r);
        if (leftIsNumber != rightIsNumber) return leftIsNumber ? -1 : 1;
        return string.CompareOrdinal(left, right);
    }

    private static Parsed? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        string version = text.Split('+', 2)[0];
        string[] halves = version.Split('-', 2);
        string[] numbers = halves[0].Split('.');
        if (numbers.Length != 3) return null;
        var core = new BigInteger[3];
        for (int i = 0; i < core.Length; i++)
        {
            if (!TryNumber(numbers[i], out core[i])) return null;
        }
        return new Parsed(core, halves.Length == 2 ? halves[1].Split('.') : []);
    }

    private static bool TryNumber(string text, out BigInteger value) => BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private sealed record Parsed(BigInteger[] Core, string[] PreRelease);
}
