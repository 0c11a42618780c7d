using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orleans.Runtime;
using Ratchet.Gateway.Hosting;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Jobs;

/// <summary>
/// A job's log as server-sent events (HTML Standard, section 9.2). An event <c>line</c> a line; <c>restart</c> when an execution's process was lost and it begins again, and its log with it;
/// <c>state</c> with the job's state when there is nothing else to say; <c>end</c> with the state that it ended in, and then the answer ends. A client that does not read holds up its own stream and nothing else.
/// </summary>
internal sealed class LogStream(HttpContext http, IJobGrain job)
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    private readonly ArrayBufferWriter<byte> text = new();
    private LogPlace place;

    public async Task WriteAsync(LogPlace after, CancellationToken cancel)
    {
        place = after;
        http.Response.ContentType = LogRequest.EventStream;
        http.Response.Headers.CacheControl = "no-store";
        // What stands between and would wait for more.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await http.Response.Body.FlushAsync(cancel);
        try
        {
            while (!await PassOnAsync(cancel)) await Task.Delay(AgainAfter, TimeProvider.System, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The client has gone, or the server stops: it asks again with the last id.
        }
    }

    /// <summary>True at the log's end; false when the stream broke and is to be taken up behind the last line.</summary>
    private async Task<bool> PassOnAsync(CancellationToken cancel)
    {
        try
        {
            await foreach (JobLogPart part in job.FollowLogAsync(http.Tenant(), place, cancel).WithBatchSize(1).WithCancellation(cancel))
            {
                await WriteAsync(part, cancel);
                if (part.Last) return true;
            }

            // The job was deleted.
            return true;
        }
        catch (Exception e) when (e is EnumerationAbortedException or OrleansException or TimeoutException or RatchetException && !cancel.IsCancellationRequested)
        {
            // The job's actor has moved, or gave this reader up because it was slow.
            return false;
        }
    }

    private async Task WriteAsync(JobLogPart part, CancellationToken cancel)
    {
        text.ResetWrittenCount();
        if (part.Execution == place.Execution && part.From < place.Lines) Event("restart", null, json => json.WriteString("execution", part.Execution));
        foreach (LogLineJson line in LogLineJson.Of(part)) Event("line", LogRequest.IdOf(line.Execution, line.Line), line.Write);
        if (part.Lines.Count > 0) place = part.End;
        if (part.Last) Event("end", null, json => json.WriteString("state", part.State.Name()));
        else if (part.Lines.Count == 0) Event("state", null, json => json.WriteString("state", part.State.Name()));
        await http.Response.Body.WriteAsync(text.WrittenMemory, cancel);
        await http.Response.Body.FlushAsync(cancel);
    }

    private void Event(string name, string? id, Action<Utf8JsonWriter> write)
    {
        if (id is not null) Raw($"id: {id}\n");
        Raw($"event: {name}\ndata: ");
        using (var json = new Utf8JsonWriter(text))
        {
            if (name != "line") json.WriteStartObject();
            write(json);
            if (name != "line") json.WriteEndObject();
        }

        Raw("\n\n");
    }

    private void Raw(string said) => Encoding.UTF8.GetBytes(said, text);
}
