using System.CommandLine;
using System.Text.Json;

namespace Ratchet.Cli.Input.Fields;

/// <summary>One of a few words, in any case.</summary>
internal sealed class WordField : Option<string>, IBodyField
{
    private readonly string field;

    public WordField(string name, string field, string description, params string[] words) : base(name)
    {
        this.field = field;
        Pointer = "/" + field;
        Description = description;
        HelpName = string.Join('|', words);
        Validators.Add(result =>
        {
            if (!words.Contains(result.GetValueOrDefault<string>(), StringComparer.OrdinalIgnoreCase)) result.AddError($"{name} must be {string.Join(", ", words[..^1])} or {words[^1]}.");
        });
    }

    public Option Option => this;

    public string Pointer { get; set; }

    public void Write(ParseResult parsed, Utf8JsonWriter json)
    {
        if (parsed.GetValue(this) is { } word) json.WriteString(field, word.ToLowerInvariant());
    }
}
