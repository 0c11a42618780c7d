using System.Globalization;
using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.RunOnce;

/// <summary>Tells an author where the debugger's door is, once it is open.</summary>
internal static class Inspector
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when the door was told, or <paramref name="cancel"/> fires before it opens.</summary>
    public static async Task TellAsync(int port, TimeProvider time, CancellationToken cancel)
    {
        string address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        Messages.Note("the task runs without the sandbox's walls and without time limits while it is debugged");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        try
        {
            while (true)
            {
                if (await DevToolsAsync(http, address, cancel) is { } devTools)
                {
                    Messages.Note($"waiting for a debugger on {address}: open chrome://inspect, attach VS Code to port {port}, or open in Chrome");
                    Messages.Note($"  {devTools}");
                    return;
                }

                await Task.Delay(Period, time, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // The run ended first.
        }
    }

    private static async Task<string?> DevToolsAsync(HttpClient http, string address, CancellationToken cancel)
    {
        try
        {
            JsonElement targets = JsonElement.Parse(await http.GetByteArrayAsync(new Uri($"http://{address}/json"), cancel));
            return targets.GetArrayLength() == 0 ? null : targets[0].GetProperty("devtoolsFrontendUrl").GetString();
        }
        catch (HttpRequestException)
        {
            // V8 is not there yet.
            return null;
        }
    }
}
