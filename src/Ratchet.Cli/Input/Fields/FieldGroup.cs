using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Input.Fields;

/// <summary>Options that together are one object of a request, which is there when any of them is given.</summary>
/// <param name="field">Name of the object.</param>
/// <param name="main">Without this one the others mean nothing; null when any of them will do.</param>
internal sealed class FieldGroup(string field, IBodyField? main, params IBodyField[] others)
{
    private readonly IBodyField[] all = main is null ? others : [main, .. others];

    public void AddTo(Command command)
    {
        foreach (IBodyField one in all)
        {
            one.Pointer = $"/{field}{one.Pointer}";
            command.Add(one.Option);
        }
    }

    /// <exception cref="CliException">Others were given without the main one.</exception>
    public void Write(ParseResult parsed, Utf8JsonWriter json)
    {
        IBodyField? given = all.FirstOrDefault(f => IsGiven(f, parsed));
        if (given is null) return;
        if (main is not null && given != main) throw new CliException(ExitCodes.Usage, $"{given.Option.Name} is of no use without {main.Option.Name}.");
        json.WriteStartObject(field);
        foreach (IBodyField one in all) one.Write(parsed, json);
        json.WriteEndObject();
    }

    private static bool IsGiven(IBodyField one, ParseResult parsed) => parsed.GetResult(one.Option) is { Implicit: false };
}
