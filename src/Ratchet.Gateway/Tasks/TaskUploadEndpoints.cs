using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tasks;

/// <summary>POST /api/v1/tasks: a zip goes to a silo as it is. Nothing of it is unpacked, checked or run here.</summary>
public static class TaskUploadEndpoints
{
    /// <summary>Zips are held in memory on their way; those beyond are told to come again.</summary>
    private const int MostAtOnce = 4;

    public static void MapTaskUploads(this IEndpointRouteBuilder routes)
    {
        var room = new SemaphoreSlim(MostAtOnce);
        routes.MapPost("/api/v1/tasks", (HttpContext http, IGrainFactory grains, ServerOptions options) => options.Uploads
            ? UploadAsync(http, grains, room)
            : throw new ProblemException(new Problem(StatusCodes.Status403Forbidden, "uploads-off", "Uploads are switched off", "This server takes no tasks over HTTP (Server:Uploads); put them into its sources."))).Describe("uploadTask", "Store a task, or a version of one", Describe);
    }

    private static void Describe(Operation op)
    {
        var zip = new JsonObject { ["type"] = "string", ["contentMediaType"] = "application/zip" };
        op.Says("A zip of a task's files goes through the checks that loading a task has, in a sandbox. The same version with the same content changes nothing.")
            .Query("name", Schema.Text("The task's name; that of the file, without its extension, when absent."))
            .Query("promote", Schema.Word(TaskUploadRequest.Rules.Keys, "Whether the version becomes current: auto, which is the default, when it is above the one that is."))
            .Takes(Schema.Object("A form with one file.", ("file", zip)), null, "multipart/form-data")
            .Takes((JsonObject)zip.DeepClone(), null, "application/zip")
            .Takes((JsonObject)zip.DeepClone(), null, "application/octet-stream")
            .Answer(201, "The version is new.", TaskSchemas.Uploaded, headers: ["Location"])
            .Answer(200, "The very same version was there.", TaskSchemas.Uploaded, headers: ["Location"])
            .Problem(403, "uploads-off", "This server takes no tasks over HTTP.")
            .Problem(409, "task-conflict", "The version is there with other content, the name is another task's, or there are too many versions.")
            .Problem(422, "invalid-task", "The task is not valid; errors[] has files, lines and what is wrong there.");
    }

    private static async Task UploadAsync(HttpContext http, IGrainFactory grains, SemaphoreSlim room)
    {
        if (!await room.WaitAsync(TimeSpan.Zero)) throw new ProblemException(Problem.Unavailable($"{MostAtOnce} tasks are being uploaded already, as many as there may be at once; try again."));
        try
        {
            TaskUpload upload = await TaskUploadRequest.ReadAsync(http);
            TaskUploadReply reply = await grains.GetGrain<ITaskUploadGrain>(0).UploadAsync(http.Tenant(), upload, http.RequestAborted);
            await AnswerAsync(http, reply);
        }
        finally
        {
            room.Release();
        }
    }

    /// <summary>201 for a version that is new, 200 for one that was there.</summary>
    private static async Task AnswerAsync(HttpContext http, TaskUploadReply reply)
    {
        if (reply.Stored is not { } stored) throw new ProblemException(Invalid(reply.Problems));
        string path = $"/api/v1/tasks/{Uri.EscapeDataString(stored.Reference.Name)}/versions/{Uri.EscapeDataString(stored.Reference.Version)}";
        http.Response.Headers.Location = path;
        await JsonResponse.WriteAsync(http, stored.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            if (reply.Version is { } version)
            {
                TaskJson.WriteFields(json, version);
            }
            else
            {
                // Deleted again in between.
                json.WriteString("name", stored.Reference.Name);
                json.WriteString("version", stored.Reference.Version);
                json.WriteString("digest", stored.Reference.Digest);
            }

            json.WriteBoolean("created", stored.Created);
            json.WriteEndObject();
        });
    }

    private static Problem Invalid(IReadOnlyList<TaskUploadProblem> problems) =>
        new(StatusCodes.Status422UnprocessableEntity, "invalid-task", "The task is not valid", problems.Count == 1 ? "The task has a problem; nothing was stored." : $"The task has {problems.Count} problems; nothing was stored.")
        {
            Files = problems,
        };
}
