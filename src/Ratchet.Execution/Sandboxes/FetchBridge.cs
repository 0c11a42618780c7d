using Ratchet.Execution.Fetch;
using Ratchet.Execution.Recordings;
using Ratchet.Execution.Sandboxes.Scheduling;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes;

/// <summary>Passes a script's request to a broker and the answer back. The request ends when it is answered, when the script gives it up, or with its process.</summary>
internal sealed class FetchBridge(IFetchBroker pool, ILogger logger)
{
    /// <summary>Calls <paramref name="ended"/> when the request no longer counts among its process's open ones.</summary>
    public void Begin(SandboxProcess process, OpenFetch fetch, Action<OpenFetch> ended)
    {
        IFetchBroker broker = fetch.Run.Request.Fetch ?? pool;
        // One that has its answers already gives them here, where calls still come in their order.
        _ = AnswerAsync(process, fetch, broker, broker.AnswersAtOnce ? broker.FetchAsync(fetch.Request, fetch.Cancelled) : null, ended);
    }

    private async Task AnswerAsync(SandboxProcess process, OpenFetch fetch, IFetchBroker broker, Task<FetchResponse>? begun, Action<OpenFetch> ended)
    {
        // Off the reader thread at once: a broker may do work before its first await.
        await Task.Yield();
        FetchReplyFrame reply;
        (FetchCallFrame call, ExchangeRecorder? recorder, int record) = (fetch.Call, fetch.Recorder, fetch.Record);
        try
        {
            using CancellationTokenRegistration bound = fetch.EndWithRun();
            FetchResponse response = await (begun ?? broker.FetchAsync(fetch.Request, fetch.Cancelled));
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
