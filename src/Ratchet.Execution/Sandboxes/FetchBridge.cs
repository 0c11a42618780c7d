using Ratchet.Execution.Fetch;
using Ratchet.Execution.Recordings;
using Ratchet.Execution.Sandboxes.Scheduling;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes;

/// <summary>Passes a script's request to a broker and the answer back. The request ends with its run.</summary>
internal sealed class FetchBridge(IFetchBroker pool, ILogger logger)
{
    /// <summary>Calls <paramref name="ended"/> when the request no longer counts among its process's open ones.</summary>
    /// <param name="number">Which of its run's calls it is, from 1.</param>
    public void Begin(SandboxProcess process, PoolRun run, FetchCallFrame call, int number, Action ended)
    {
        var request = new FetchRequest(call.Url, call.Method, call.Headers, call.Body) { Rules = run.Request.Package.Execution.Fetch, Number = number };
        // Here, where calls still come in their order.
        _ = AnswerAsync(process, run, call, request, run.Recorder, run.Recorder?.Begin(request) ?? 0, ended);
    }

    private async Task AnswerAsync(SandboxProcess process, PoolRun run, FetchCallFrame call, FetchRequest request, ExchangeRecorder? recorder, int record, Action ended)
    {
        // Off the reader thread at once: a broker may do work before its first await.
        await Task.Yield();
        FetchReplyFrame reply;
        try
        {
            FetchResponse response = await (run.Request.Fetch ?? pool).FetchAsync(request, run.Fetches!.Token);
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
        ended();
        process.Send(reply, static (to, frame) => frame.Write(to));
    }
}
