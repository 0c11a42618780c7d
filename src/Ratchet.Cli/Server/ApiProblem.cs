using System.Net;
using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Server;

/// <summary>Makes the server's problem details (RFC 9457) one sentence, the places in the input that are wrong, and an exit code.</summary>
internal static class ApiProblem
{
    public static CliException Of(string address, HttpResponseMessage response, byte[] body)
    {
        JsonElement? problem = Parse(body);
        string message = Text(problem, "detail") ?? Text(problem, "title")
            ?? $"the server at {address} answered {(int)response.StatusCode} {response.ReasonPhrase}.";
        return new CliException(ExitCode(response.StatusCode), message) { Lines = [.. Errors(problem)] };
    }

    private static int ExitCode(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => ExitCodes.NotFound,
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => ExitCodes.Unreachable,
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => ExitCodes.Usage,
        HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType => ExitCodes.Usage,
        _ => ExitCodes.Failed,
    };

    private static IEnumerable<string> Errors(JsonElement? problem)
    {
        if (problem is not { } found || !found.TryGetProperty("errors", out JsonElement errors) || errors.ValueKind != JsonValueKind.Array) yield break;
        foreach (JsonElement error in errors.EnumerateArray())
        {
            string pointer = Text(error, "pointer") is { Length: > 0 } at ? at : "(the whole value)";
            yield return $"{pointer}: {Text(error, "detail") ?? error.GetRawText()}";
        }
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
