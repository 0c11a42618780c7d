using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;
using Ratchet.Webhooks;

namespace Ratchet.Gateway.Webhooks;

/// <summary>Reads a webhook from the body of a request.</summary>
internal static class WebhookRequest
{
    internal static readonly BodyShape<Draft> Shape = new("a webhook")
    {
        { "id", (draft, ref body) => draft with { Id = body.Text() } },
        { "url", (draft, ref body) => draft with { Url = body.Text() } },
        { "description", (draft, ref body) => draft with { Description = body.Text() } },
        { "events", (draft, ref body) => draft with { Events = body.TextList() } },
        { "states", (draft, ref body) => draft with { States = States(ref body) } },
        { "tasks", (draft, ref body) => draft with { Tasks = body.TextList() } },
        { "queues", (draft, ref body) => draft with { Queues = body.TextList() } },
        { "concurrency", (draft, ref body) => draft with { Concurrency = body.Integer() } },
        { "enabled", (draft, ref body) => draft with { Enabled = body.Boolean() } },
        { "secret", (draft, ref body) => draft with { Secret = body.Text() } },
        // What the server says of itself in an answer: it may come back with a definition that was read and changed.
        { "status", Skip },
    };

    internal sealed record Draft(string Id, bool Enabled)
    {
        public string Url { get; init; } = "";
        public string? Description { get; init; }
        public IReadOnlyList<string> Events { get; init; } = [];
        public IReadOnlyList<JobState> States { get; init; } = [];
        public IReadOnlyList<string> Tasks { get; init; } = [];
        public IReadOnlyList<string> Queues { get; init; } = [];
        public int Concurrency { get; init; } = WebhookDefinition.DefaultConcurrency;
        public string? Secret { get; init; }

        public WebhookDefinition Definition => new()
        {
            Id = Id, Url = Url, Description = Description, Events = Events, States = States, Tasks = Tasks, Queues = Queues, Concurrency = Concurrency, Enabled = Enabled,
        };
    }

    /// <param name="otherwise">The id of a webhook that does not say one.</param>
    /// <returns>The secret is null when the server is to make one.</returns>
    /// <exception cref="ProblemException">Not JSON (400), or a field that is unknown, missing or of a wrong type (422).</exception>
    public static (WebhookDefinition Definition, string? Secret) ReadNew(ReadOnlySpan<byte> body, string otherwise)
    {
        Draft read = BodyReader.Read(body, Shape, new Draft(otherwise, Enabled: true));
        return (Checked(read), read.Secret);
    }

    /// <summary>All of a webhook that is there; what is left out is the default, but for <c>enabled</c>, which stays.</summary>
    /// <exception cref="ProblemException">As <see cref="ReadNew"/>.</exception>
    public static WebhookDefinition Read(ReadOnlySpan<byte> body, WebhookView known)
    {
        string id = known.Definition.Id;
        Draft read = BodyReader.Read(body, Shape, new Draft(id, known.Definition.Enabled));
        if (read.Id != id) throw Wrong("/id", "id differs from the one in the path; a webhook keeps its id.");
        if (read.Secret is not null) throw Wrong("/secret", "secret cannot be replaced like other fields; POST .../rotate gives the webhook a new one.");
        return Checked(read);
    }

    /// <summary>A JSON Merge Patch (RFC 7396) of the webhook as GET shows it.</summary>
    /// <exception cref="ProblemException">As <see cref="ReadNew"/>.</exception>
    public static WebhookDefinition Patch(WebhookView known, byte[] body)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) WebhookJson.Write(json, known);
        var current = (JsonObject)JsonNode.Parse(stream.GetBuffer().AsSpan(0, (int)stream.Length))!;
        string merged = MergePatch.Apply(current, BodyReader.Tree(body))!.ToJsonString();
        return Read(Encoding.UTF8.GetBytes(merged), known);
    }

    private static WebhookDefinition Checked(Draft read)
    {
        if (!EntityName.IsName(read.Id)) throw Wrong("/id", $"id must have 1 to {Limits.NameChars} characters, no '/' and no control characters.");
        return read.Url.Length > 0 ? read.Definition : throw Wrong("/url", "url is missing: where events are sent to.");
    }

    private static List<JobState> States(ref BodyReader body)
    {
        var states = new List<JobState>();
        foreach (string name in body.TextList()) states.Add(JobStates.TryParse(name, out JobState state) ? state : throw body.Wrong($"must be of {string.Join(", ", JobStates.All.Select(s => s.Name()))}; '{name}' is none"));
        return states;
    }

    private static Draft Skip(Draft draft, ref BodyReader body)
    {
        body.Skip();
        return draft;
    }

    private static ProblemException Wrong(string pointer, string detail) => new(Problem.InvalidField(pointer, detail));
}
