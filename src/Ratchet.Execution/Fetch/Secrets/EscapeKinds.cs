namespace Ratchet.Execution.Fetch.Secrets;

/// <summary>Ways in which texts carry characters that are not written as themselves.</summary>
[Flags]
internal enum EscapeKinds
{
    /// <summary>With a backslash, as in the strings of JSON and JavaScript.</summary>
    Backslash = 1,
    /// <summary>%XX, as in URLs and forms.</summary>
    Percent = 2,
    /// <summary>&amp;name; and &amp;#number;, as in HTML and XML.</summary>
    Entity = 4,
    All = Backslash | Percent | Entity,
}
