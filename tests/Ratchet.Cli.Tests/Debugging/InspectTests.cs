using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Ratchet.Cli.Tests.Support;
using Ratchet.Tests.Support;

namespace Ratchet.Cli.Tests.Debugging;

/// <summary><c>run-once --inspect</c> with a real debugger on the other end.</summary>
public sealed class InspectTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Theory]
    [InlineData("function main(input) {\n  const twice = input.n * 2;\n  return { twice };\n}")]
    [InlineData("export default async function (input) {\n  const twice = input.n * 2;\n  return { twice };\n}")]
    public async Task A_debugger_stops_in_main_js_and_looks_around(string code)
    {
        string task = new TaskFixture().With("main.js", code).WriteTo(temp.Join("double"));
        int port = FreePort.Next();
        using RatchetProcess ratchet = RatchetProcess.Start("run-once", "--from-fs", task, "--input-json", """{"n":21}""", $"--inspect={port}");
        using (CdpClient debugger = await CdpClient.ConnectAsync(port, TestContext.Current.CancellationToken))
        {
            // On the loopback and nowhere else.
            Assert.Equal(["0100007F"], Listeners("/proc/net/tcp", port));
            Assert.Empty(Listeners("/proc/net/tcp6", port));
            await debugger.CallAsync("Debugger.enable");
            await debugger.CallAsync("Debugger.setBreakpointByUrl", new { lineNumber = 2, urlRegex = "main\\.js" });
            await debugger.CallAsync("Runtime.runIfWaitingForDebugger");
            JsonElement script = await debugger.EventAsync("Debugger.scriptParsed", parsed => parsed.GetProperty("url").GetString()!.Contains("main.js", StringComparison.Ordinal));
            string source = (await debugger.CallAsync("Debugger.getScriptSource", new { scriptId = script.GetProperty("scriptId").GetString() })).GetProperty("scriptSource").GetString()!;
            Assert.Contains(code.Split('\n')[1], source, StringComparison.Ordinal);

            // At the first line, so that an author can look around; then where the breakpoint is.
            JsonElement first = (await debugger.EventAsync("Debugger.paused")).GetProperty("callFrames")[0];
            Assert.NotEqual(2, first.GetProperty("location").GetProperty("lineNumber").GetInt32());
            await debugger.CallAsync("Debugger.resume");
            JsonElement frame = (await debugger.EventAsync("Debugger.paused")).GetProperty("callFrames")[0];
            Assert.Equal(2, frame.GetProperty("location").GetProperty("lineNumber").GetInt32());
            JsonElement twice = await debugger.CallAsync("Debugger.evaluateOnCallFrame", new { callFrameId = frame.GetProperty("callFrameId").GetString(), expression = "twice" });
            Assert.Equal(42, twice.GetProperty("result").GetProperty("value").GetInt32());
            await debugger.CallAsync("Debugger.resume");
        }

        RatchetResult result = await ratchet.EndAsync();
        result.Is(0, "{\"twice\":42}\n");
        Assert.Contains("the task runs without the sandbox's walls and without time limits while it is debugged\n", result.Error, StringComparison.Ordinal);
        Assert.Contains($"waiting for a debugger on 127.0.0.1:{port}", result.Error, StringComparison.Ordinal);
        Assert.Contains("  devtools://devtools/", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_want_to_debug_after_all_ends_it_by_a_signal()
    {
        string task = new TaskFixture().WriteTo(temp.Join("double"));
        int port = FreePort.Next();
        using RatchetProcess ratchet = RatchetProcess.Start("run-once", "--from-fs", task, "--input-json", """{"n":21}""", $"--inspect={port}");
        (await CdpClient.ConnectAsync(port, TestContext.Current.CancellationToken)).Dispose();
        ratchet.Signal(RatchetProcess.Interrupt);
        (await ratchet.EndAsync()).Is(130, "");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        string task = new TaskFixture().WriteTo(temp.Join("double"));
        (await RatchetProcess.RunAsync("run-once", "--from-fs", task, $"--inspect={port}")).Fails(2, $"port {port} is in use; --inspect=PORT takes another.");
        (await RatchetProcess.RunAsync("run-once", "--from-fs", task, "--inspect=0", "--timeout", "1")).Fails(2, "--inspect and --timeout exclude each other");
    }


    /// <summary>Addresses, as the kernel writes them, that listen on a port (proc(5)).</summary>
    private static string[] Listeners(string file, int port) =>
    [
        .. File.ReadLines(file).Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == "0A" && int.Parse(fields[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture) == port)
            .Select(fields => fields[1].Split(':')[0]),
    ];
}
