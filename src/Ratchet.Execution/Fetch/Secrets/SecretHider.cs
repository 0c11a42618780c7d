using System.Text;

namespace Ratchet.Execution.Fetch.Secrets;

/// <summary>
/// Finds secrets in what comes back, however they are escaped: as JSON has it and JSON within JSON, as URLs, forms, HTML and XML have it, in base64, and in mixtures of these. The text's escapes are read, once and again, and each
/// reading is searched; time grows with the text's length alone.
/// </summary>
internal static class SecretHider
{
    /// <summary>How often escapes are read: JSON in JSON in JSON and so on.</summary>
    private const int MostReadings = 5;

    /// <summary>How many kinds of escapes are read one after another, in each order: what looks like an escape of another kind may be none.</summary>
    private const int MostOrders = 3;

    private static readonly EscapeKinds[] Kinds = [EscapeKinds.Backslash, EscapeKinds.Percent, EscapeKinds.Entity];
    private static readonly EscapeKinds[] Ways = [.. Kinds, EscapeKinds.All];

    private readonly record struct Place(int Start, int End, string Name);

    public static ReadOnlyMemory<byte> Hide(ReadOnlyMemory<byte> text, IReadOnlyDictionary<string, Secret> secrets)
    {
        if (secrets.Count == 0) return text;
        List<Place> places = Find(text.Span, secrets);
        return places.Count == 0 ? text : Replace(text.Span, places);
    }

    private static List<Place> Find(ReadOnlySpan<byte> text, IReadOnlyDictionary<string, Secret> secrets)
    {
        List<Place> places = [];
        (string Name, List<byte[]> Forms)[] plain = [.. secrets.Select(secret => (secret.Key, SecretForms.Of(secret.Value.Value, 0, 0)))];
        Search(text, plain, null, places);
        InEachOrder(text, null, plain, MostOrders, places);
        foreach (EscapeKinds way in Ways)
        {
            UnescapedText? read = UnescapedText.Of(text, way);
            if (read is null) continue;
            (string Name, List<byte[]> Forms)[] forms = [.. secrets.Select(secret => (secret.Key, SecretForms.Of(secret.Value.Value, way, MostReadings)))];
            for (int i = 0; i < MostReadings && read is not null; i++, read = read.Again(way)) Search(read.Bytes, forms, read, places);
        }
        return places;
    }

    private static void InEachOrder(ReadOnlySpan<byte> text, UnescapedText? outer, (string Name, List<byte[]> Forms)[] forms, int left, List<Place> places)
    {
        foreach (EscapeKinds kind in Kinds)
        {
            UnescapedText? read = UnescapedText.Of(text, kind, outer);
            if (read is null) continue;
            Search(read.Bytes, forms, read, places);
            if (left > 1) InEachOrder(read.Bytes, read, forms, left - 1, places);
        }
    }

    private static void Search(ReadOnlySpan<byte> bytes, (string Name, List<byte[]> Forms)[] forms, UnescapedText? read, List<Place> places)
    {
        foreach ((string name, List<byte[]> all) in forms)
            foreach (byte[] form in all)
                for (int from = 0, at; (at = bytes[from..].IndexOf(form)) >= 0; from += at + form.Length)
                {
                    (int start, int end) = read?.Origin(from + at, from + at + form.Length) ?? (from + at, from + at + form.Length);
                    places.Add(new Place(start, end, name));
                }
    }

    private static byte[] Replace(ReadOnlySpan<byte> text, List<Place> places)
    {
        // The first, and of those the longest; what overlaps it goes with it.
        places.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        var replaced = new MemoryStream(text.Length);
        int copied = 0;
        foreach (Place place in places)
        {
            if (place.Start >= copied)
            {
                replaced.Write(text[copied..place.Start]);
                replaced.Write(Encoding.UTF8.GetBytes(SecretReferences.To(place.Name)));
            }
            copied = Math.Max(copied, place.End);
        }
        replaced.Write(text[copied..]);
        return replaced.ToArray();
    }
}
