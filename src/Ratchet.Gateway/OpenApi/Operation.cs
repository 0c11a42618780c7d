using System.Text.Json.Nodes;

namespace Ratchet.Gateway.OpenApi;

/// <summary>What the description of the interface says of one operation. It is put on the operation's route, where it is mapped: see <see cref="Describing"/>.</summary>
internal sealed class Operation(string id, string summary, Action<Operation> describe)
{
    private readonly Lock describing = new();
    private bool described;

    /// <summary>In camel case; generated clients name their methods by it.</summary>
    public string Id => id;

    public string Summary => summary;

    /// <summary>Markdown; null when the summary says it all.</summary>
    public string? Details { get; private set; }

    public List<ApiParameter> Parameters { get; } = [];

    public ApiRequest? Request { get; private set; }

    public SortedDictionary<int, ApiAnswer> Answers { get; } = [];

    /// <summary>Codes of problems and when they come, by status; those that every operation may answer with come by themselves.</summary>
    public SortedDictionary<int, SortedDictionary<string, string>> Problems { get; } = [];

    /// <summary>This, with all that is to be said of it.</summary>
    public Operation Described()
    {
        lock (describing)
        {
            if (!described) describe(this);
            described = true;
        }

        return this;
    }

    public Operation Says(string details)
    {
        Details = details;
        return this;
    }

    /// <summary>A part of the path. Those that nobody describes are texts.</summary>
    public Operation Path(string name, JsonObject schema) => With(new ApiParameter(name, "path", schema, Required: true));

    public Operation Query(string name, JsonObject schema)
    {
        Problem(422, "invalid-field", "A parameter is unknown, or has a value that it cannot have.");
        return With(new ApiParameter(name, "query", schema, Required: false));
    }

    public Operation Header(string name, JsonObject schema) => With(new ApiParameter(name, "header", schema, Required: false));

    public Operation IdempotencyKey(string meaning)
    {
        Problem(400, "malformed", "A header cannot be read.");
        Problem(422, "idempotency-conflict", "The key was used with another payload.");
        return Header("Idempotency-Key", Schema.Text($"{meaning} 1 to {Limits.NameChars} characters, with or without the quotes of a structured field; kept for 24 hours."));
    }

    /// <summary>As <see cref="IfMatch"/>, and with If-None-Match only when there is none yet.</summary>
    public Operation IfMatchOrMade() => IfMatch().Header("If-None-Match", Schema.Text("*: only when there is none yet."));

    public Operation IfMatch()
    {
        Problem(400, "malformed", "A header cannot be read.");
        Problem(412, "precondition-failed", "It has changed since the ETag of If-Match.");
        return Header("If-Match", Schema.Text("The ETag of the state that the change is meant for, such as \"7\", or *."));
    }

    /// <summary>A body of JSON.</summary>
    public Operation Takes(ApiBody body, string example, bool optional = false) => Takes(body.Reference(), example, "application/json", optional);

    /// <param name="example">JSON.</param>
    public Operation Takes(JsonObject schema, string? example, string type, bool optional = false)
    {
        Request = new ApiRequest(Request?.Content.Append(new ApiContent(type, schema, example)).ToArray() ?? [new ApiContent(type, schema, example)], !optional);
        Problem(400, "malformed", "The body is not JSON, not UTF-8, or nested too deep.");
        Problem(413, "too-large", "The body is too large.");
        Problem(415, "media-type", "The body has another media type, or is compressed.");
        return Problem(422, "invalid-field", "A field is unknown, missing, of a wrong type or out of range; errors[] says where.");
    }

    /// <summary>A body that may be left out, and has no fields.</summary>
    public Operation TakesNothing() => Takes(new JsonObject { ["type"] = "object", ["additionalProperties"] = false }, "{}", "application/json", optional: true);

    /// <param name="schema">Of the answer's body; null for none.</param>
    /// <param name="example">JSON.</param>
    public Operation Answer(int status, string meaning, JsonObject? schema = null, string? example = null, string type = "application/json", params string[] headers)
    {
        ApiContent[] content = schema is null ? [] : [new ApiContent(type, schema, example)];
        // One more media type of an answer that is described already.
        if (Answers.TryGetValue(status, out ApiAnswer? known)) content = [.. known.Content, .. content];
        Answers[status] = new ApiAnswer(known?.Meaning ?? meaning, content, [.. known?.Headers ?? [], .. headers]);
        return this;
    }

    /// <summary>A list, with how many there are in all.</summary>
    public Operation AnswerList(string meaning, JsonObject items, string? example = null, params string[] headers) =>
        Answer(200, meaning, Schema.List(items), example is null ? null : $"[{example}]", headers: ["x-total-count", .. headers]);

    public Operation Problem(int status, string code, string when)
    {
        if (!Problems.TryGetValue(status, out SortedDictionary<string, string>? codes)) Problems[status] = codes = new(StringComparer.Ordinal);
        codes[code] = when;
        return this;
    }

    private Operation With(ApiParameter parameter)
    {
        Parameters.Add(parameter);
        return this;
    }
}

internal sealed record ApiParameter(string Name, string In, JsonObject Schema, bool Required);

internal sealed record ApiRequest(ApiContent[] Content, bool Required);

internal sealed record ApiAnswer(string Meaning, ApiContent[] Content, string[] Headers);

/// <param name="Example">JSON.</param>
internal sealed record ApiContent(string Type, JsonObject Schema, string? Example);
