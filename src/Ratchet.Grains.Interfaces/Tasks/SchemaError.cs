namespace Ratchet.Tasks;

/// <summary>One place where a JSON value does not match its schema.</summary>
/// <param name="Pointer">JSON Pointer (RFC 6901) to the place in the value; empty for the whole value.</param>
/// <param name="Keyword">The schema keyword that failed.</param>
/// <param name="Message">For people, to be read after the pointer: "must be number".</param>
[GenerateSerializer, Immutable, Alias("ratchet.schema-error")]
public sealed record SchemaError([property: Id(0)] string Pointer, [property: Id(1)] string Keyword, [property: Id(2)] string Message);
