using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ratchet.Cli.Output;

/// <summary>Any JSON value as YAML 1.2 on stdout. Numbers keep their digits; a text that YAML could take for something else is quoted.</summary>
internal static class YamlOutput
{
    /// <summary>Words that YAML 1.1 or 1.2 readers take for a boolean or null.</summary>
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "true", "false", "null", "yes", "no", "on", "off", "y", "n" };

    public static void Write(JsonElement value) => Write(Console.Out, value);

    public static void Write(TextWriter output, JsonElement value)
    {
        Emitter emitter = new(output);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, value);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
    }

    private static void Emit(Emitter emitter, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                emitter.Emit(new MappingStart(null, null, isImplicit: true, value.EnumerateObject().Any() ? MappingStyle.Block : MappingStyle.Flow));
                foreach (JsonProperty property in value.EnumerateObject())
                {
                    Text(emitter, property.Name);
                    Emit(emitter, property.Value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonValueKind.Array:
                emitter.Emit(new SequenceStart(null, null, isImplicit: true, value.GetArrayLength() > 0 ? SequenceStyle.Block : SequenceStyle.Flow));
                foreach (JsonElement item in value.EnumerateArray()) Emit(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case JsonValueKind.String:
                Text(emitter, value.GetString()!);
                break;
            default:
                emitter.Emit(new Scalar(null, null, value.GetRawText(), ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: false));
                break;
        }
    }

    private static void Text(Emitter emitter, string text)
    {
        ScalarStyle style = IsPlain(text) ? ScalarStyle.Plain : IsBlock(text) ? ScalarStyle.Literal : ScalarStyle.DoubleQuoted;
        emitter.Emit(new Scalar(null, null, text, style, isPlainImplicit: style == ScalarStyle.Plain, isQuotedImplicit: true));
    }

    /// <summary>Narrower than YAML's own rule, which needs a grammar: what begins with a letter and holds nothing that is ever special.</summary>
    private static bool IsPlain(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text[^1] != ' ' && !Words.Contains(text)
        && text.All(c => char.IsLetterOrDigit(c) || c is ' ' or '_' or '-' or '.' or '/' or '+');

    private static bool IsBlock(string text) => text.Contains('\n') && text.All(c => !char.IsControl(c) || c is '\n' or '\t');
}
