using System.Net.Http.Headers;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tests.Tasks;

public sealed class TaskUploadEndpointTests(GatewayStandIn gateway) : IClassFixture<GatewayStandIn>
{
    private const string Call = "ITaskUploadGrain.UploadAsync";
    private static readonly TaskUploadReply Stored = new(new StoredTask(new TaskReference("addition", "1.0.0+r2", "d1"), Created: true, Current: true), []) { Version = Make.Version("1.0.0+r2").View };
    private TaskUpload? taken;

    [Fact]
    public async Task A_zip_goes_to_a_silo_as_it_is()
    {
        Answer(Stored);
        Answer answer = await gateway.PostAsync("tasks?name=addition&promote=never", Zip([1, 2, 3]));
        Assert.Equal((201, "1.0.0+r2", "True", "True", "client"), (answer.Status, answer.Text("version"), answer.Text("created"), answer.Text("current"), answer.Text("createdBy")));
        Assert.Equal("/api/v1/tasks/addition/versions/1.0.0%2Br2", answer.Headers.Location!.ToString());
        Assert.Equal(("addition", PromotionRule.Never, "client"), (taken!.Name, taken.Promotion, taken.Actor));
        Assert.Equal([1, 2, 3], taken.Zip);
    }

    [Fact]
    public async Task A_form_with_a_file_does_too_and_its_name_is_the_tasks()
    {
        Answer(Stored with { Stored = Stored.Stored! with { Created = false } });
        using var form = new MultipartFormDataContent { { Zip([4, 5]), "anything", "addition.zip" } };
        Assert.Equal(200, (await gateway.PostAsync("tasks", form)).Status);
        Assert.Equal(("addition", PromotionRule.IfNewer), (taken!.Name, taken.Promotion));
        Assert.Equal([4, 5], taken.Zip);
        using var named = new MultipartFormDataContent { { Zip([4, 5]), "f", "addition.zip" } };
        await gateway.PostAsync("tasks?name=sum&promote=always", named);
        Assert.Equal(("sum", PromotionRule.Always), (taken.Name, taken.Promotion));
    }

    [Fact]
    public async Task What_is_wrong_in_the_zip_is_told_with_file_line_and_column()
    {
        Answer(new TaskUploadReply(null, [new TaskUploadProblem("main.js", 3, 7, "Unexpected token."), new TaskUploadProblem("input.schema.json", 0, 0, "is missing.")]));
        Answer answer = await gateway.PostAsync("tasks", Zip([1]));
        answer.Is(422, "invalid-task");
        Assert.Equal(
            """[{"file":"main.js","line":3,"column":7,"detail":"Unexpected token."},{"file":"input.schema.json","detail":"is missing."}]""", answer.Body.GetProperty("errors").GetRawText());
    }

    [Fact]
    public async Task Other_content_of_a_version_is_a_conflict()
    {
        gateway.Grains.On(Call, _ => throw new TaskConflictException("It differs."));
        (await gateway.PostAsync("tasks", Zip([1]))).Is(409, "task-conflict");
    }

    [Fact]
    public async Task A_request_that_is_no_upload_is_refused_before_any_silo_hears_of_it()
    {
        gateway.Grains.Clear();
        (await gateway.PostAsync("tasks", "{}")).Is(415, "media-type");
        (await gateway.PostAsync("tasks?promote=maybe", Zip([1]))).Is(422, "invalid-field", "/promote");
        (await gateway.PostAsync("tasks?version=2", Zip([1]))).Is(422, "invalid-field", "/version");
        (await gateway.PostAsync("tasks", Zip(new byte[Limits.TaskZipBytes + 1]))).Is(413, "too-large");
        using var big = new MultipartFormDataContent { { Zip(new byte[Limits.TaskZipBytes + (1 << 20)]), "f", "a.zip" } };
        (await gateway.PostAsync("tasks", big)).Is(413, "too-large");
        using var empty = new MultipartFormDataContent { { new StringContent("x"), "name" } };
        (await gateway.PostAsync("tasks", empty)).Is(400, "malformed");
        using var two = new MultipartFormDataContent { { Zip([1]), "f", "a.zip" }, { Zip([1]), "g", "b.zip" } };
        (await gateway.PostAsync("tasks", two)).Is(400, "malformed");
        var cut = new ByteArrayContent("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.zip\"\r\n\r\nabc"u8.ToArray());
        cut.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        (await gateway.PostAsync("tasks", cut)).Is(400, "malformed");
        var bare = new ByteArrayContent([1]);
        bare.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data");
        (await gateway.PostAsync("tasks", bare)).Is(400, "malformed");
        ByteArrayContent coded = Zip([1]);
        coded.Headers.ContentEncoding.Add("gzip");
        (await gateway.PostAsync("tasks", coded)).Is(415, "media-type");
        Assert.Empty(gateway.Grains.Made);
    }

    [Fact]
    public async Task Only_so_many_are_taken_at_once()
    {
        using var four = new SemaphoreSlim(0);
        var release = new TaskCompletionSource<TaskUploadReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Grains.On(Call, _ =>
        {
            four.Release();
            return release.Task;
        });
        Task<Answer>[] under = [.. Enumerable.Range(0, 4).Select(_ => gateway.PostAsync("tasks", Zip([1])))];
        foreach (Task<Answer> _ in under) await four.WaitAsync();
        (await gateway.PostAsync("tasks", Zip([1]))).Is(503, "unavailable");
        release.SetResult(Stored);
        Assert.All(await Task.WhenAll(under), answer => Assert.Equal(201, answer.Status));
        Assert.Equal(201, (await gateway.PostAsync("tasks", Zip([1]))).Status);
    }

    [Fact]
    public async Task Uploads_can_be_switched_off()
    {
        gateway.Grains.Clear();
        gateway.Options.Uploads = false;
        try
        {
            (await gateway.PostAsync("tasks", Zip([1]))).Is(403, "uploads-off");
            Assert.Empty(gateway.Grains.Made);
        }
        finally
        {
            gateway.Options.Uploads = true;
        }
    }

    private void Answer(TaskUploadReply reply) => gateway.Grains.On(Call, args =>
    {
        taken = (TaskUpload)args[1]!;
        return reply;
    });

    private static ByteArrayContent Zip(byte[] bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };
}
