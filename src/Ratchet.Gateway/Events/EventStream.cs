using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orleans.Runtime;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Jobs;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Events;

/// <summary>
/// The feed as server-sent events (HTML Standard, section 9.2): <c>job</c> an event, <c>place</c> when there was none for a while, both with an id to come again behind;
/// <c>lagging</c> to who reads too slowly, and <c>end</c> when the server stops or cannot go on, and then the answer ends.
/// </summary>
internal sealed class EventStream(HttpContext http, EventHub hub) : IDisposable
{
    /// <summary>What a client waits before it comes again, in milliseconds.</summary>
    private const int RetryMs = 1_000;

    private readonly ArrayBufferWriter<byte> text = new();
    private readonly Utf8JsonWriter json = new(Stream.Null);

    public async Task WriteAsync(EventRequest request, CancellationToken cancel)
    {
        http.Response.ContentType = LogRequest.EventStream;
        http.Response.Headers.CacheControl = "no-store";
        // What stands between and would wait for more.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        Raw($"retry: {RetryMs}\n\n");
        await SendAsync(cancel);
        try
        {
            await foreach (EventBatch batch in hub.FollowBatchesAsync(http.Tenant(), request.After, request.Filter, cancel))
            {
                foreach (JobEvent happened in batch.Events) Event(happened.Cursor, "job", happened);
                if (batch.Events.Count == 0) Event(batch.Place, "place", null);
                await SendAsync(cancel);
            }
        }
        catch (EventLagException lag)
        {
            await LastAsync("lagging", lag.Message, cancel);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or RatchetException && !cancel.IsCancellationRequested)
        {
            await LastAsync("end", "The server cannot go on now; come again behind the last event that you have.", cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The client has gone, or the server stops: it comes again with the last id.
        }
    }

    public void Dispose() => json.Dispose();

    private async Task LastAsync(string name, string message, CancellationToken cancel)
    {
        Raw($"event: {name}\ndata: ");
        json.Reset(text);
        json.WriteStartObject();
        json.WriteString("message", message);
        json.WriteEndObject();
        json.Flush();
        Raw("\n\n");
        await SendAsync(cancel);
    }

    private void Event(EventCursor place, string name, JobEvent? happened)
    {
        Raw($"id: {place}\nevent: {name}\ndata: ");
        if (happened is null)
        {
            Raw("{}");
        }
        else
        {
            json.Reset(text);
            EventJson.WriteOfAll(json, happened);
            json.Flush();
        }

        Raw("\n\n");
    }

    private async Task SendAsync(CancellationToken cancel)
    {
        await http.Response.Body.WriteAsync(text.WrittenMemory, cancel);
        text.ResetWrittenCount();
        await http.Response.Body.FlushAsync(cancel);
    }

    private void Raw(string said) => Encoding.UTF8.GetBytes(said, text);
}
