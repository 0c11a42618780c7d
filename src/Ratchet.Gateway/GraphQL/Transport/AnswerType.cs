using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ratchet.Gateway.GraphQL.Transport;

/// <summary>The media types of answers (GraphQL over HTTP, section 6.1).</summary>
internal enum AnswerType
{
    /// <summary><c>application/json</c>: whoever asks for it expects 200 for whatever is well-formed (section 6.4.1).</summary>
    Legacy,

    /// <summary><c>application/graphql-response+json</c>: the status says whether it was executed (section 6.4.2).</summary>
    Response,

    /// <summary><c>text/event-stream</c>: an event a result (GraphQL over SSE, distinct connections mode).</summary>
    EventStream,
}

internal static class AnswerTypes
{
    private const string Json = "application/json", GraphQL = "application/graphql-response+json", Events = "text/event-stream";

    public static string ContentType(this AnswerType type) => type switch
    {
        AnswerType.Response => GraphQL + "; charset=utf-8",
        AnswerType.EventStream => Events,
        _ => Json + "; charset=utf-8",
    };

    /// <summary>What the client prefers of what there is (RFC 9110, section 12.5.1); null when it takes none of these.</summary>
    public static AnswerType? Of(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0) return AnswerType.Legacy;
        if (!MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept.OfType<string>()], out IList<MediaTypeHeaderValue>? accepted)) return null;
        foreach (MediaTypeHeaderValue media in accepted.OrderByDescending(m => m.Quality ?? 1).Where(m => m.Quality is null or > 0))
        {
            if (media.Charset.HasValue && !media.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)) continue;
            if (media.MatchesAllTypes || media.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase) || Is(media, Json)) return AnswerType.Legacy;
            if (Is(media, GraphQL)) return AnswerType.Response;
            if (Is(media, Events)) return AnswerType.EventStream;
        }

        return null;
    }

    private static bool Is(MediaTypeHeaderValue media, string type) => media.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);
}
