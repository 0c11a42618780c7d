using System.Net;
using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Server;

/// <summary>Makes the server's problem details (RFC 9457) one sentence, the places in the input that are wrong, and an exit code.</summary>
internal static class ApiProblem
{
    public static CliException Of(string address, HttpResponseMessage response, byte[] body, FlagNames flags)
    {
        JsonElement? problem = Parse(body);
        string message = Text(problem, "detail") ?? Text(problem, "title")
            ?? $"the server at {address} answered {(int)response.StatusCode} {response.ReasonPhrase}.";
        (string Pointer, string Detail)[] errors = [.. Errors(problem)];
        // A field that is wrong for itself is all that the message is about; said below it once more, it would look like two mistakes.
        string[] files = [.. Files(problem)];
        bool same = errors is [var only] && only.Detail == message;
        return new CliException(ExitCode(response.StatusCode), same ? flags.Say(errors[0].Pointer, message) : message)
        {
            Status = response.StatusCode,
            OutcomeUnknown = response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout,
            Lines = files.Length > 0 ? files : same ? [] : [.. errors.Select(e => Line(e.Pointer, e.Detail, flags))],
        };
    }

    /// <summary>A sentence stands for itself; what a schema says of the whole input is a part of one.</summary>
    private static string Line(string pointer, string detail, FlagNames flags) =>
        pointer.Length == 0 && !char.IsUpper(detail[0]) ? $"(the whole value): {detail}" : flags.Say(pointer, detail);

    private static int ExitCode(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => ExitCodes.NotFound,
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => ExitCodes.Unreachable,
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => ExitCodes.Usage,
        HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType => ExitCodes.Usage,
        _ => ExitCodes.Failed,
    };

    /// <summary>Places in files that were sent, as <c>ratchet validate</c> says them.</summary>
    private static IEnumerable<string> Files(JsonElement? problem)
    {
        if (problem is not { } found || !found.TryGetProperty("errors", out JsonElement errors) || errors.ValueKind != JsonValueKind.Array) yield break;
        foreach (JsonElement error in errors.EnumerateArray())
        {
            if (Text(error, "file") is not { } file) continue;
            string place = string.Join(':', new[] { file, Number(error, "line"), Number(error, "column") }.OfType<string>());
            yield return $"{place}: {Text(error, "detail")}";
        }
    }

    private static string? Number(JsonElement element, string key) => element.Field(key) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : null;

    private static IEnumerable<(string Pointer, string Detail)> Errors(JsonElement? problem)
    {
        if (problem is not { } found || !found.TryGetProperty("errors", out JsonElement errors) || errors.ValueKind != JsonValueKind.Array) yield break;
        foreach (JsonElement error in errors.EnumerateArray()) yield return (Text(error, "pointer") ?? "", Text(error, "detail") ?? error.GetRawText());
    }

    private static string? Text(JsonElement? element, string key) =>
        element?.Field(key) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            return JsonElement.Parse(body) is { ValueKind: JsonValueKind.Object } found ? found : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
