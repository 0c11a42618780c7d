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

    // One kind by itself too: what looks like an escape of another kind may be none.
    private static readonly EscapeKinds[] Ways = [EscapeKinds.Backslash, EscapeKinds.Percent, EscapeKinds.Entity, EscapeKinds.All];

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
        foreach ((string name, Secret secret) in secrets)
            foreach (byte[] form in SecretForms.Of(secret.Value, 0, 0)) Search(text, form, name, null, places);
        foreach (EscapeKinds way in Ways)
        {
            UnescapedText? read = UnescapedText.Of(text, way);
            if (read is null) continue;
            (string Name, List<byte[]> Forms)[] forms = [.. secrets.Select(secret => (secret.Key, SecretForms.Of(secret.Value.Value, way, MostReadings)))];
            for (int i = 0; i < MostReadings && read is not null; i++, read = read.Again(way))
                foreach ((string name, List<byte[]> all) in forms)
                    foreach (byte[] form in all) Search(read.Bytes, form, name, read, places);
        }
        return places;
    }

    private static void Search(ReadOnlySpan<byte> bytes, byte[] form, string name, UnescapedText? read, List<Place> places)
    {
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
