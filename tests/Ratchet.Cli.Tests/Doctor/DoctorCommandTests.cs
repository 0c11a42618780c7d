using System.Text.Json;
using Ratchet.Cli.Tests.Support;

namespace Ratchet.Cli.Tests.Doctor;

/// <summary>What <c>ratchet doctor</c> says of this machine, and of one that lacks something.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    private Task<RatchetResult> DoctorAsync(string[] args, params (string Name, string Value)[] environment) =>
        RatchetProcess.RunAsync(["doctor", "--tasks", temp.Path, "--data", temp.Join("data"), .. args], null, environment.Select(one => KeyValuePair.Create(one.Name, one.Value)));

    private static Dictionary<string, (string State, string Detail)> Checks(RatchetResult result)
    {
        using JsonDocument json = JsonDocument.Parse(result.Output);
        return json.RootElement.GetProperty("checks").EnumerateArray().ToDictionary(
            check => check.GetProperty("name").GetString()!, check => (check.GetProperty("state").GetString()!, check.GetProperty("detail").GetString()!));
    }

    [Fact]
    public async Task A_machine_that_has_what_is_needed_is_exit_0()
    {
        RatchetResult result = await DoctorAsync(["-o", "json"]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Dictionary<string, (string State, string Detail)> checks = Checks(result);
        Assert.Equal(
            ["runtime", "native library", "sandbox", "isolation", "network", "files", "writing", "processes", "user", "capabilities", "privileges", "system calls", "resources", "memory", "tasks", "data"], checks.Keys);
        foreach (string always in new[] { "native library", "sandbox", "network", "writing", "privileges", "system calls", "resources", "tasks", "data" }) Assert.Equal((always, "ok"), (always, checks[always].State));
        Assert.Matches("^(bubblewrap|unshare|none)\\.", checks["isolation"].Detail);
        Assert.False(Directory.Exists(temp.Join("data")));
    }

    [Fact]
    public async Task Without_walls_it_warns_and_is_exit_0()
    {
        RatchetResult result = await DoctorAsync([], ("RATCHET__Sandbox__Isolation", "none"));
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Matches("isolation +warning +none\\.", result.Output);
        Assert.Matches("files +warning +The machine's files", result.Output);
    }

    [Fact]
    public async Task A_native_library_for_another_machine_is_named_by_every_command_that_needs_it()
    {
        string program = Path.Combine(temp.Path, "Ratchet.Sandbox.dll"), library = Path.Combine(temp.Path, "ClearScriptV8.linux-x64.so");
        File.WriteAllText(program, "");
        // The header of a library for 64-bit ARM (elf(5), EM_AARCH64).
        File.WriteAllBytes(library, [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 183, 0]);
        string message = $"The sandbox's native library is not one for linux-x64: {library}. Install Ratchet's build for this machine.";
        RatchetResult result = await DoctorAsync(["-o", "json"], ("RATCHET_SANDBOX", program));
        Assert.Equal((1, ("failed", message)), (result.ExitCode, Checks(result)["native library"]));
        await FailsAsync(message, program);

        File.Delete(library);
        message = $"The sandbox's native library is missing: {library} does not exist. Set RATCHET_SANDBOX to the path of Ratchet.Sandbox.dll.";
        Assert.Equal(("failed", message), Checks(await DoctorAsync(["-o", "json"], ("RATCHET_SANDBOX", program)))["native library"]);
        await FailsAsync(message, program);
    }

    private async Task FailsAsync(string message, string program)
    {
        KeyValuePair<string, string>[] environment = [KeyValuePair.Create("RATCHET_SANDBOX", program)];
        string task = new TaskFixture().WriteTo(temp.Join("task"));
        (await RatchetProcess.RunAsync(["run-once", "--from-fs", task, "--input-json", "{}"], null, environment)).Fails(1, message);
        (await RatchetProcess.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--tasks", task, "--data", temp.Join("data")], null, environment)).Fails(1, message);
    }

    [Fact]
    public async Task A_level_or_user_that_cannot_be_had_fails_the_start_with_one_line()
    {
        KeyValuePair<string, string>[] environment = [KeyValuePair.Create("RATCHET__Sandbox__User", "nobody")];
        const string message = "Sandbox option User is 'nobody'; it must be a user's number or UID:GID, each from 1.";
        (await RatchetProcess.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--tasks", temp.Path, "--data", temp.Join("data")], null, environment)).Fails(1, message);
        RatchetResult result = await DoctorAsync(["-o", "json"], ("RATCHET__Sandbox__User", "nobody"));
        Assert.Equal((1, ("failed", message)), (result.ExitCode, Checks(result)["sandbox"]));
    }

    [Fact]
    public async Task Folders_that_will_not_do_are_named()
    {
        File.WriteAllText(temp.Join("file"), "");
        RatchetResult result = await RatchetProcess.RunAsync("doctor", "-o", "json", "--tasks", temp.Join("nowhere"), "--data", temp.Join("file"));
        Assert.Equal(1, result.ExitCode);
        Dictionary<string, (string State, string Detail)> checks = Checks(result);
        Assert.Equal("failed", checks["tasks"].State);
        Assert.Contains(temp.Join("nowhere"), checks["tasks"].Detail, StringComparison.Ordinal);
        Assert.Equal("failed", checks["data"].State);
    }
}
