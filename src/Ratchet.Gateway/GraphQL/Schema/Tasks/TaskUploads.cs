using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Tasks;
using Ratchet.Gateway.GraphQL.Transport;
using Ratchet.Tasks;

namespace Ratchet.Gateway.GraphQL.Schema.Tasks;

/// <summary>A zip in Base64 goes to a silo as it is, as one that REST takes does.</summary>
internal sealed class TaskUploads(ServerOptions server)
{
    /// <summary>Of the zip: what a request has room for.</summary>
    public const int MostBytes = (GraphQLEndpoints.BodyBytes - (64 << 10)) / 4 * 3;

    /// <summary>Zips are held in memory on their way; those beyond are told to come again.</summary>
    private const int MostAtOnce = 4;

    /// <summary>The checks are made one at a time, in a sandbox; they have a bound of their own.</summary>
    private static readonly TimeSpan Checks = TimeSpan.FromMinutes(2);

    private int underWay;

    public RootFields Fields => new("Mutation") { { "uploadTask", call => Mutating.DoAsync(call, async () => await UploadAsync(call), ("created", false)) } };

    private async Task<Payload> UploadAsync(FieldCall call)
    {
        if (!server.Uploads) throw new ProblemException(new Problem(403, "uploads-off", "Uploads are switched off", "This server takes no tasks over HTTP (Server:Uploads); put them into its sources."));
        IReadOnlyDictionary<string, object?> input = call.Object("input")!;
        byte[] zip = ZipOf((string)input["zip"]!);
        try
        {
            if (Interlocked.Increment(ref underWay) > MostAtOnce) throw new ProblemException(Problem.Unavailable($"{MostAtOnce} tasks are being uploaded already, as many as there may be at once; try again."));
            call.Call.Waits?.Invoke(Checks);
            var upload = new TaskUpload(zip, input.GetValueOrDefault("name") as string, RuleOf(input.GetValueOrDefault("promote") as string), call.Call.Caller.Principal);
            TaskUploadReply reply = await call.Grains.GetGrain<ITaskUploadGrain>(0).UploadAsync(call.Tenant, upload, call.Cancel);
            if (reply.Stored is not { } stored) throw new ProblemException(Invalid(reply.Problems));
            // Null when it was deleted again in between.
            return new Payload(("version", reply.Version), ("created", stored.Created));
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }

    private static byte[] ZipOf(string text)
    {
        byte[] bytes = new byte[(text.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(text, bytes, out int length)) throw new ProblemException(Problem.InvalidField("/input/zip", "zip must be Base64 (RFC 4648, section 4)."));
        return length <= MostBytes
            ? bytes[..length]
            : throw new ProblemException(Problem.TooLarge($"A zip of more than {MostBytes} bytes is too large here; POST /api/v1/tasks takes {Limits.TaskZipBytes}."));
    }

    private static PromotionRule RuleOf(string? word) => TaskUploadRequest.Rules[(word ?? "AUTO").ToLowerInvariant()];

    private static Problem Invalid(IReadOnlyList<TaskUploadProblem> problems) =>
        new(422, "invalid-task", "The task is not valid", problems.Count == 1 ? "The task has a problem; nothing was stored." : $"The task has {problems.Count} problems; nothing was stored.") { Files = problems };
}
