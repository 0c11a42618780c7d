using System.IO.Compression;
using Ratchet.Cli.Tests.Support;

namespace Ratchet.Cli.Tests.Server;

/// <summary>Tasks that are sent and fetched, and their versions.</summary>
public sealed class TaskVersionCommandTests(ServerStandIn server) : IClassFixture<ServerStandIn>, IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task A_folder_is_sent_as_a_zip_of_what_makes_the_task()
    {
        string folder = new TaskFixture().With("tests/one.json", "{}").With("secret.env", "x").With("node_modules/a/main.js", "x").WriteTo(temp.Join("addition"));
        RatchetResult result = await RunAsync("task", "push", folder, "--promote", "never");
        Assert.Equal((0, "addition 1.0.0+r2 is stored and is current\n"), (result.ExitCode, result.Output));
        Assert.Contains("POST /api/v1/tasks?name=addition&promote=never []", server.Requests);
        await using var zip = new ZipArchive(new MemoryStream(server.Uploaded));
        Assert.Equal(["input.schema.json", "main.js", "metadata.json", "output.schema.json", "tests/one.json"], zip.Entries.Select(e => e.FullName));
    }

    [Fact]
    public async Task A_zip_is_sent_as_it_is()
    {
        string zip = new TaskFixture().ZipTo(temp.Join("known.zip"));
        Assert.Equal("addition 1.0.0+r2 was there already and is current\n", (await RunAsync("task", "push", zip)).Output);
        Assert.Equal(File.ReadAllBytes(zip), server.Uploaded);
    }

    [Fact]
    public async Task What_is_wrong_is_told_as_validate_tells_it()
    {
        string folder = new TaskFixture().WriteTo(temp.Join("wrong"));
        (await RunAsync("task", "push", folder)).Fails(2, "error: The task has 2 problems; nothing was stored.\n  main.js:2:5: Unexpected token.\n  input.schema.json: is missing.\n");
        Assert.Equal(1, (await RunAsync("task", "push", temp.Join("nothing"))).ExitCode);
        Assert.Equal(2, (await RunAsync("task", "push", folder, "--promote", "perhaps")).ExitCode);
    }

    [Fact]
    public async Task Versions_are_listed_promoted_rolled_back_and_put_out_of_use()
    {
        Assert.Contains("1.0.0+r2", (await RunAsync("task", "versions", "addition")).Output, StringComparison.Ordinal);
        Assert.Contains("ROLLED_BACK", (await RunAsync("task", "history", "addition", "--limit", "7")).Output, StringComparison.Ordinal);
        foreach (string[] args in new string[][] { ["promote", "addition", "1.0.0+r2"], ["rollback", "addition"], ["rollback", "addition", "--from", "2.0.0"], ["disable", "addition", "--version", "1.0.0"], ["enable", "addition", "--version", "1.0.0"], ["delete", "addition", "--version", "1.0.0"] })
            Assert.Equal(0, (await RunAsync(["task", .. args])).ExitCode);
        foreach (string request in new[]
        {
            "GET /api/v1/tasks/addition/promotions?limit=7 []", "POST /api/v1/tasks/addition/versions/1.0.0+r2/promote []", "POST /api/v1/tasks/addition/rollback [] {}",
            """POST /api/v1/tasks/addition/rollback [] {"from":"2.0.0"}""", "POST /api/v1/tasks/addition/versions/1.0.0/disable []", "POST /api/v1/tasks/addition/versions/1.0.0/enable []",
            "DELETE /api/v1/tasks/addition/versions/1.0.0 []",
        })
            Assert.Contains(request, server.Requests);
    }

    [Fact]
    public async Task A_version_is_fetched_as_a_zip()
    {
        string file = temp.Join("a.zip");
        Assert.Equal(0, (await RunAsync("task", "pull", "addition", "--out", file)).ExitCode);
        Assert.Equal("PK", File.ReadAllText(file));
        Assert.Equal("PK2", (await RunAsync("task", "pull", "addition", "--version", "1.0.0", "--out", "-")).Output);
        (await RunAsync("task", "pull", "adition", "--out", file)).Fails(3, "error: There is no task 'adition'; did you mean 'addition'?\n");
    }

    private Task<RatchetResult> RunAsync(params string[] args) => RatchetProcess.RunAsync([.. args, "--server", server.Url]);
}
