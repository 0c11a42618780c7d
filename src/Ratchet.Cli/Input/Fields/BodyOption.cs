using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;

namespace Ratchet.Cli.Input.Fields;

/// <summary>An option that becomes a field of a request; a text that makes no sense is a usage error before anything is sent.</summary>
/// <typeparam name="T">What its text stands for.</typeparam>
internal abstract class BodyOption<T> : Option<string>, IBodyField where T : struct
{
    private readonly string field;

    /// <param name="name">Such as <c>--delay</c>.</param>
    /// <param name="field">Name of the request's field.</param>
    /// <param name="form">What its text must be, for the message: "a time such as ...".</param>
    protected BodyOption(string name, string field, string description, string helpName, string form) : base(name)
    {
        this.field = field;
        Pointer = "/" + field;
        Description = description;
        HelpName = helpName;
        Validators.Add((OptionResult result) =>
        {
            if (Parse(result.GetValueOrDefault<string>() ?? "") is null) result.AddError($"{name} must be {form}.");
        });
    }

    public Option Option => this;

    public string Pointer { get; set; }

    public T? Of(ParseResult parsed) => parsed.GetValue(this) is { } text ? Parse(text) : null;

    public void Write(ParseResult parsed, Utf8JsonWriter json)
    {
        if (Of(parsed) is not { } value) return;
        json.WritePropertyName(field);
        WriteValue(json, value);
    }

    /// <summary>Null when the text makes no sense.</summary>
    protected abstract T? Parse(string text);

    protected abstract void WriteValue(Utf8JsonWriter json, T value);
}
