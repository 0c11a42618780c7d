namespace Ratchet.Execution.Fetch;

/// <summary>A host's name, <c>*.</c> and a domain for all names below it, or <c>*</c> for any. Case does not matter.</summary>
public readonly record struct HostPattern
{
    private readonly string text;

    private HostPattern(string text) => this.text = text;

    /// <returns>False when the text is none of these.</returns>
    public static bool TryParse(string text, out HostPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(text);
        pattern = new HostPattern(text.ToLowerInvariant());
        if (text == "*") return true;
        string name = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        return Uri.CheckHostName(name) != UriHostNameType.Unknown && name.All(char.IsAscii);
    }

    /// <param name="host">As <see cref="Uri.IdnHost"/> has it: in ASCII.</param>
    public bool Matches(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        // A name with the root's dot is the same name.
        ReadOnlySpan<char> name = host.AsSpan().TrimEnd('.');
        return text == "*"
            || name.Equals(text, StringComparison.OrdinalIgnoreCase)
            || (text.StartsWith("*.", StringComparison.Ordinal) && name.Length > text.Length - 1 && name.EndsWith(text.AsSpan(1), StringComparison.OrdinalIgnoreCase));
    }

    public override string ToString() => text;
}
