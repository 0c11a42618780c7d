using System.IO.Compression;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tests.Tasks;

/// <summary>Zips that were sent, over both databases.</summary>
public abstract class TaskUploadTests(SiloFixture silo)
{
    private static int made;
    private readonly string name = $"uploaded-{Interlocked.Increment(ref made)}";
    private readonly Guid uuid = Guid.CreateVersion7();

    [Fact]
    public async Task A_zip_is_stored_and_its_task_runs()
    {
        TaskUploadReply reply = await UploadAsync(Files());
        Assert.Equal((true, true, "client", "upload by client"), (reply.Stored!.Created, reply.Version!.Current, reply.Version.CreatedBy, reply.Version.Source));
        JobView job = await silo.RunAsync(name, """{"n":4}""");
        Assert.Equal("5", System.Text.Encoding.UTF8.GetString(job.Output!));
        // Sent again, after an answer that was lost: the same.
        Assert.Equal((false, reply.Stored.Reference), ((await UploadAsync(Files())).Stored!.Created, reply.Stored.Reference));
        Assert.False((await silo.Grains.GetGrain<ITaskGrain>($"default/{name}").GetAsync())!.SourceGone);
    }

    [Fact]
    public async Task Other_content_of_the_same_version_is_refused()
    {
        await UploadAsync(Files());
        TaskConflictException error = await Assert.ThrowsAsync<TaskConflictException>(() => UploadAsync(Files() with { Code = "x => 2" }));
        Assert.Contains("A version never changes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_with_its_place_and_nothing_is_stored()
    {
        TaskUploadReply reply = await UploadAsync(Files() with { Code = "function main(x) {\n  return x +;\n}" });
        TaskUploadProblem problem = Assert.Single(reply.Problems);
        Assert.Equal(("main.js", 2), (problem.File, problem.Line));
        Assert.True(problem.Column > 0);
        Assert.Null(reply.Stored);
        reply = await UploadAsync(Files() with { Schema = """{"type":"nothing"}""" });
        Assert.Equal("input.schema.json", Assert.Single(reply.Problems).File);
        reply = await UploadAsync(Files() with { Test = """{"input":{"n":"four"},"expected_output":5}""" });
        Assert.Equal("tests/one.json", Assert.Single(reply.Problems).File);
        reply = await UploadAsync(Files() with { Code = "for (;;) {}" });
        Assert.Equal("main.js", Assert.Single(reply.Problems).File);
        reply = await silo.Grains.GetGrain<ITaskUploadGrain>(0).UploadAsync(QueueKey.DefaultTenant, new TaskUpload([1, 2, 3], name, PromotionRule.IfNewer, "client"));
        Assert.Equal("task.zip", Assert.Single(reply.Problems).File);
        Assert.Null(await silo.Grains.GetGrain<ITaskGrain>($"default/{name}").GetAsync());
    }

    [Fact]
    public async Task A_task_without_a_name_needs_one()
    {
        Assert.Contains("`name` is missing", Assert.Single((await UploadAsync(Files(), named: false)).Problems).Message, StringComparison.Ordinal);
    }

    private Sent Files() => new("x => x.n + 1", """{"type":"object","properties":{"n":{"type":"number"}}}""", """{"input":{"n":4},"expected_output":5}""");

    private Task<TaskUploadReply> UploadAsync(Sent sent, bool named = true)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "metadata.json", $$"""{"uuid":"{{uuid}}","version":"1.0.0","label":"Up","description":"Uploaded."}""");
            Add(archive, "input.schema.json", sent.Schema);
            Add(archive, "output.schema.json", "true");
            Add(archive, "main.js", sent.Code);
            Add(archive, "tests/one.json", sent.Test);
        }

        return silo.Grains.GetGrain<ITaskUploadGrain>(0).UploadAsync(QueueKey.DefaultTenant, new TaskUpload(zip.ToArray(), named ? name : null, PromotionRule.IfNewer, "client"));
    }

    private static void Add(ZipArchive archive, string file, string text)
    {
        using var content = new StreamWriter(archive.CreateEntry(file).Open());
        content.Write(text);
    }

    private sealed record Sent(string Code, string Schema, string Test);
}

[Collection("sqlite silo")]
public sealed class SqliteTaskUploadTests(SqliteSilo silo) : TaskUploadTests(silo);

[Collection("postgresql silo")]
public sealed class PostgresTaskUploadTests(PostgresSilo silo) : TaskUploadTests(silo);
