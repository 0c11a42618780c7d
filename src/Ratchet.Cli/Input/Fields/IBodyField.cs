using System.CommandLine;
using System.Text.Json;

namespace Ratchet.Cli.Input.Fields;

/// <summary>An option that becomes a field of a request.</summary>
internal interface IBodyField
{
    Option Option { get; }

    /// <summary>JSON Pointer (RFC 6901) to the field: a server that refuses it names it so, and people know it by the option.</summary>
    string Pointer { get; set; }

    /// <summary>Writes the field when the option was given, else nothing.</summary>
    void Write(ParseResult parsed, Utf8JsonWriter json);
}
