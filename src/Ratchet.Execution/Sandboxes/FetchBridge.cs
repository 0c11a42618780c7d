using Ratchet.Execution.Fetch;
using Ratchet.Execution.Recordings;
using Ratchet.Execution.Sandboxes.Scheduling;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes;

/// <summary>Passes a script's request to a broker and the answer back. The request ends with its run, or when the script gives it up.</summary>
internal sealed class FetchBridge(IFetchBroker pool, ILogger logger)
{
    /// <summary>Calls <paramref name="ended"/> when the request no longer counts among its process's open ones.</summary>
    public void Begin(SandboxProcess process, OpenFetch fetch, Action<OpenFetch> ended)
    {
        var request = new FetchRequest(fetch.Call.Url, fetch.Call.Method, fetch.Call.Headers, fetch.Call.Body)
        {
            Rules = fetch.Run.Request.Package.Execution.Fetch,
            Number = fetch.Number,
            Use = fetch.Run.Use ??= new FetchUse(),
            Task = fetch.Run.Request.Package.Name,
        };
        // Here, where calls still come in their order.
        _ = AnswerAsync(process, fetch, request, fetch.Run.Recorder, fetch.Run.Recorder?.Begin(request) ?? 0, ended);
    }

    private async Task AnswerAsync(SandboxProcess process, OpenFetch fetch, FetchRequest request, ExchangeRecorder? recorder, int record, Action<OpenFetch> ended)
    {
        // Off the reader thread at once: a broker may do work before its first await.
        await Task.Yield();
        FetchReplyFrame reply;
        (PoolRun run, FetchCallFrame call) = (fetch.Run, fetch.Call);
        try
        {
            using CancellationTokenRegistration bound = fetch.EndWithRun();
            FetchResponse response = await (run.Request.Fetch ?? pool).FetchAsync(request, fetch.Cancelled);
            recorder?.Answered(record, response);
            reply = new FetchReplyFrame(call.Call, null, null, response.Status, response.StatusText, response.Url, [.. response.Headers], response.Body);
        }
        catch (FetchException e)
        {
            recorder?.Failed(record, e);
            reply = FetchReplyFrame.Failed(call.Call, e.ErrorName, e.Message);
        }
        catch (OperationCanceledException)
        {
            recorder?.Failed(record, new FetchException("NetworkError", "The request was cancelled."));
            reply = FetchReplyFrame.Failed(call.Call, "NetworkError", "The request was cancelled.");
        }
#pragma warning disable CA1031 // A defect of a broker is the script's NetworkError; the process goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            SandboxLog.BrokerFailed(logger, e);
            recorder?.Failed(record, new FetchException("NetworkError", "The request could not be made."));
            reply = FetchReplyFrame.Failed(call.Call, "NetworkError", "The request could not be made.");
        }
        ended(fetch);
        process.Send(reply, static (to, frame) => frame.Write(to));
    }
}
