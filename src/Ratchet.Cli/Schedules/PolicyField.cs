using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Input.Fields;

namespace Ratchet.Cli.Schedules;

/// <summary>A policy, in the command line's spelling; the server, which knows what there is, spells <c>queue-one</c> as QUEUE_ONE.</summary>
internal sealed class PolicyField : Option<string>, IBodyField
{
    private readonly string field;

    public PolicyField(string name, string field, string description) : base(name)
    {
        this.field = field;
        Pointer = "/" + field;
        Description = description;
        HelpName = "POLICY";
    }

    /// <summary>A policy of the server as it is typed here.</summary>
    public static string Typed(string name) => name.ToLowerInvariant().Replace('_', '-');

    public Option Option => this;

    public string Pointer { get; set; }

    public void Write(ParseResult parsed, Utf8JsonWriter json)
    {
        if (parsed.GetValue(this) is { } policy) json.WriteString(field, policy.ToUpperInvariant().Replace('-', '_'));
    }
}
