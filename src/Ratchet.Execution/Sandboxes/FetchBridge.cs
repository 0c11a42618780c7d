using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes.Scheduling;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes;

/// <summary>Passes a script's request to a broker and the answer back. The request ends with its run, or when the script gives it up.</summary>
internal sealed class FetchBridge(IFetchBroker pool, ILogger logger)
{
    /// <summary>Calls <paramref name="ended"/> when the request no longer counts among its process's open ones.</summary>
    public void Begin(SandboxProcess process, OpenFetch fetch, Action<OpenFetch> ended) => _ = AnswerAsync(process, fetch, ended);

    private async Task AnswerAsync(SandboxProcess process, OpenFetch fetch, Action<OpenFetch> ended)
    {
        // Off the reader thread at once: a broker may do work before its first await.
        await Task.Yield();
        FetchReplyFrame reply;
        (PoolRun run, FetchCallFrame call) = (fetch.Run, fetch.Call);
        try
        {
            using CancellationTokenRegistration bound = fetch.EndWithRun();
            FetchResponse response = await (run.Request.Fetch ?? pool).FetchAsync(
                new FetchRequest(call.Url, call.Method, call.Headers, call.Body) { Rules = run.Request.Package.Execution.Fetch }, fetch.Cancelled);
            reply = new FetchReplyFrame(call.Call, null, null, response.Status, response.StatusText, response.Url, [.. response.Headers], response.Body);
        }
        catch (FetchException e)
        {
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
            reply = FetchReplyFrame.Failed(call.Call, "NetworkError", "The request could not be made.");
        }
        ended(fetch);
        process.Send(reply, static (to, frame) => frame.Write(to));
    }
}
