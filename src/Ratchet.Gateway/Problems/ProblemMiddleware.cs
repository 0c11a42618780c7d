using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Ratchet.Bulk;
using Ratchet.Gateway.Events;
using Ratchet.Gateway.Protection;
using Ratchet.Gateway.Schedules;
using Ratchet.Gateway.Webhooks;
using Ratchet.Jobs;
using Ratchet.Lists;
using Ratchet.Preconditions;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Problems;

/// <summary>The one place where an exception becomes an answer; a stack trace never leaves the process.</summary>
public sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    /// <summary>Characters of path and query; Kestrel's own limit for the whole line unless told otherwise.</summary>
    private const int LongestTarget = 8 << 10;

    public async Task InvokeAsync(HttpContext http)
    {
        AdoptRequestId(http);
        try
        {
            if (http.Features.Get<IHttpRequestFeature>()?.RawTarget.Length > LongestTarget) throw new ProblemException(Problem.UriTooLong(LongestTarget));
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed })
                await ProblemWriter.WriteAsync(http, Unrouted(http));
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            await ProblemWriter.WriteAsync(http, e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
                ? Problem.TooLarge($"The request's body is larger than {http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize} bytes.")
                : ProblemOf(http.Request.Path, http.TraceIdentifier, e, logger));
        }
        // Nobody is there to be told: what was asked for in vain is no fault of the server. What nobody foresaw is logged all the same.
        catch (Exception e) when (!http.Response.HasStarted && http.RequestAborted.IsCancellationRequested)
        {
            if (e is not (OperationCanceledException or IOException)) _ = ProblemOf(http.Request.Path, http.TraceIdentifier, e, logger);
        }
    }

    /// <summary>What an exception is to a client, whichever interface it came by. What nobody foresaw is logged here.</summary>
    internal static Problem ProblemOf(string path, string requestId, Exception e, ILogger logger)
    {
        switch (e)
        {
            case ProblemException problem:
                return problem.Problem;
            case BadHttpRequestException bad:
                return Problem.Malformed(bad.Message) with { Status = bad.StatusCode };
            case IllegalTransitionException illegal:
                return Problem.Conflict("illegal-transition", "Not possible in the job's state", illegal.Message) with { Extensions = [("state", illegal.State.Name())] };
            case UniqueKeyHeldException held:
                return Problem.UniqueConflict(held.Message, held.Holder);
            case TaskGoneException gone:
                return Problem.Conflict("task-gone", "The job's task was deleted", gone.Message);
            case UnknownTaskException unknown:
                return new Problem(StatusCodes.Status404NotFound, "unknown-task", "Unknown task", unknown.Message);
            case TaskInUseException used:
                return Problem.Conflict("task-in-use", "The task is in use", used.Message);
            case UnknownTaskVersionException version:
                return new Problem(StatusCodes.Status404NotFound, "unknown-version", "Unknown version", version.Message);
            case TaskVersionStateException state:
                return Problem.Conflict(state.Code, "Not possible as the task's versions are", state.Message);
            case TaskConflictException conflict:
                return Problem.Conflict("task-conflict", "The task is there otherwise", conflict.Message);
            case PreconditionFailedException failed:
                return Problem.PreconditionFailed(failed.Message);
            case ListQueryException list:
                return list.Field is { } field ? Problem.InvalidField($"/{field}", list.Message) : Problem.Invalid(list.Message);
            case ListTooCostlyException costly:
                return new Problem(StatusCodes.Status422UnprocessableEntity, "too-costly", "The list takes too long to read", costly.Message);
            case BulkRequestException bulk:
                return Problem.Invalid(bulk.Message);
            case EventLagException lag:
                return Problem.TooSlow(lag.Message) with { Extensions = [("after", lag.Place.ToString())] };
            case IdempotencyConflictException conflict:
                return Problem.IdempotencyConflict(conflict.Message);
            case RatchetException when ScheduleProblems.Of(e) is { } problem:
                return problem;
            case RatchetException when WebhookProblems.Of(e) is { } problem:
                return problem;
            case RatchetException or TimeoutException or OrleansException:
                GatewayLog.Unavailable(logger, path, e.Message);
                return Problem.Unavailable("The server cannot answer this now; try again.");
            default:
                GatewayLog.Failed(logger, e, path, requestId);
                return Problem.Internal(requestId);
        }
    }

    private static Problem Unrouted(HttpContext http) => http.Response.StatusCode == StatusCodes.Status404NotFound
        ? Problem.NotFound($"There is nothing at {http.Request.Path}.")
        : new Problem(StatusCodes.Status405MethodNotAllowed, "method", "Method not allowed", $"{http.Request.Method} is not possible at {http.Request.Path}.");

    /// <summary>A client's X-Request-Id is kept and echoed when it is short and plain; otherwise the server's own is used.</summary>
    private static void AdoptRequestId(HttpContext http)
    {
        string? given = http.Request.Headers["X-Request-Id"];
        if (given is { Length: > 0 and <= 128 } && given.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':')) http.TraceIdentifier = given;
        ResponseHeaders.Write(http);
    }
}
