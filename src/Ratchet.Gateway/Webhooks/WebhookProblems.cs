using Ratchet.Gateway.Problems;
using Ratchet.Webhooks;

namespace Ratchet.Gateway.Webhooks;

/// <summary>What the typed errors of webhooks look like to clients.</summary>
internal static class WebhookProblems
{
    /// <summary>Null when the error is none of webhooks'.</summary>
    public static Problem? Of(Exception error) => error switch
    {
        InvalidWebhookException e => Problem.Invalid(e.Message) with { Errors = [.. e.Faults.Select(f => (f.Pointer, f.Message))] },
        WebhookNotFoundException e => Problem.NotFound(e.Message),
        WebhookConflictException e => Problem.Conflict("webhook-conflict", "The state does not allow it", e.Message),
        _ => null,
    };
}
