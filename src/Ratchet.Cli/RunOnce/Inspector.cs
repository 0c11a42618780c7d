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
                if (await DoorAsync(http, address, cancel) is { } door)
                {
                    if (door.DevTools is null)
                    {
                        Messages.Note($"a debugger has attached on {address}");
                        return;
                    }

                    Messages.Note($"waiting for a debugger on {address}: open chrome://inspect, attach VS Code to port {port}, or open in Chrome");
                    Messages.Note($"  {door.DevTools}");
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

    /// <summary>Where to open the debugger of Chrome; V8 does not say while one is attached, as an editor may be that was waiting for the port.</summary>
    private sealed record Door(string? DevTools);

    private static async Task<Door?> DoorAsync(HttpClient http, string address, CancellationToken cancel)
    {
        try
        {
            JsonElement targets = JsonElement.Parse(await http.GetByteArrayAsync(new Uri($"http://{address}/json"), cancel));
            if (targets.GetArrayLength() == 0) return null;
            return new Door(targets[0].TryGetProperty("devtoolsFrontendUrl", out JsonElement url) ? url.GetString() : null);
        }
        catch (HttpRequestException)
        {
            // V8 is not there yet.
            return null;
        }
    }
}
