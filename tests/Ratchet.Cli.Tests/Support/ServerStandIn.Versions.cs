using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Ratchet.Cli.Tests.Support;

/// <summary>Uploads and versions of tasks.</summary>
public sealed partial class ServerStandIn
{
    private const string Version = """
        {"name":"addition","version":"1.0.0+r2","current":true,"enabled":true,"createdAt":"2026-11-23T15:17:06Z","createdBy":"client","source":"upload by client"}
        """;

    private const string InvalidTask = """
        {"type":"urn:ratchet:problem:invalid-task","status":422,"detail":"The task has 2 problems; nothing was stored.",
         "errors":[{"file":"main.js","line":2,"column":5,"detail":"Unexpected token."},{"file":"input.schema.json","detail":"is missing."}]}
        """;

    /// <summary>The zip of the last upload.</summary>
    public byte[] Uploaded { get; private set; } = [];

    private void MapVersions()
    {
        app.MapPost("/api/v1/tasks", async http =>
        {
            using var zip = new MemoryStream();
            await http.Request.Body.CopyToAsync(zip);
            Uploaded = zip.ToArray();
            string? name = http.Request.Query["name"];
            await NotedAsync(http, name == "wrong" ? InvalidTask : Version.TrimEnd()[..^1] + (name == "known" ? ",\"created\":false}" : ",\"created\":true}"), name == "wrong" ? 422 : 201);
        });
        app.MapGet("/api/v1/tasks/{name}/versions", http => NotedAsync(http, $"[{Version}]"));
        app.MapDelete("/api/v1/tasks/{name}/versions/{version}", http => NotedAsync(http, "", 204));
        foreach (string verb in new[] { "promote", "enable", "disable" }) app.MapPost($"/api/v1/tasks/{{name}}/versions/{{version}}/{verb}", http => NotedAsync(http, Version));
        app.MapPost("/api/v1/tasks/{name}/rollback", http => NotedAsync(http, Version));
        app.MapGet("/api/v1/tasks/{name}/promotions", http => NotedAsync(http, """[{"sequence":2,"at":"2026-11-23T15:17:06Z","kind":"ROLLED_BACK","version":"1.0.0","digest":"d","actor":"ann"}]"""));
        app.MapGet("/api/v1/tasks/{name}/zip", (HttpContext http, string name) => name == "addition" ? http.Response.WriteAsync("PK") : NotFoundAsync(http, $"There is no task '{name}'."));
        app.MapGet("/api/v1/tasks/{name}/versions/{version}/zip", http => http.Response.WriteAsync("PK2"));
    }
}
