using System.Net;
using Ratchet.Execution.Fetch;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Webhooks;

/// <summary>What a definition may be. All that is wrong is told at once.</summary>
internal static class WebhookRules
{
    /// <returns>The definition as it is stored: filters in order, nothing twice.</returns>
    /// <exception cref="InvalidWebhookException">A field is wrong.</exception>
    public static WebhookDefinition Check(WebhookDefinition definition, FetchPolicy policy)
    {
        var faults = new List<WebhookFault>();
        if (!EntityName.IsName(definition.Id)) Add("/id", $"id must have 1 to {Limits.NameChars} characters, no '/' and no control characters.");
        if (UrlFault(definition.Url, policy) is { } fault) Add("/url", fault);
        if (definition.Description?.Length > Limits.WebhookDescriptionChars) Add("/description", $"description must have at most {Limits.WebhookDescriptionChars} characters.");
        if (definition.Concurrency is < 1 or > Limits.WebhookConcurrency) Add("/concurrency", $"concurrency must be from 1 to {Limits.WebhookConcurrency}.");
        if (definition.Events.FirstOrDefault(e => !WebhookEvents.All.Contains(e)) is { } unknown)
            Add("/events", $"'{unknown}' is no type of event; known are {string.Join(", ", WebhookEvents.All)}.");
        foreach ((string field, IReadOnlyList<string> names) in new[] { ("tasks", definition.Tasks), ("queues", definition.Queues) })
        {
            if (names.Count > Limits.WebhookFilterNames) Add($"/{field}", $"{field} must have at most {Limits.WebhookFilterNames} entries.");
            if (names.FirstOrDefault(n => !EntityName.IsName(n)) is { } wrong) Add($"/{field}", $"'{wrong}' is not a name that one of the {field} can have.");
        }

        if (faults.Count > 0) throw new InvalidWebhookException(faults);
        return definition with
        {
            Description = string.IsNullOrEmpty(definition.Description) ? null : definition.Description,
            Events = [.. definition.Events.Distinct().Order(StringComparer.Ordinal)],
            States = [.. definition.States.Distinct().Order()],
            Tasks = [.. definition.Tasks.Distinct().Order(StringComparer.Ordinal)],
            Queues = [.. definition.Queues.Distinct().Order(StringComparer.Ordinal)],
        };

        void Add(string pointer, string message) => faults.Add(new WebhookFault(pointer, message));
    }

    /// <exception cref="InvalidWebhookException">It is no secret.</exception>
    public static void CheckSecret(string secret)
    {
        if (!WebhookSecret.TryParse(secret, out _)) throw new InvalidWebhookException([new WebhookFault("/secret", $"secret must be '{WebhookSecret.Prefix}' and 24 to 64 bytes in base64.")]);
    }

    /// <exception cref="InvalidWebhookException">It is out of its range.</exception>
    public static void CheckOverlap(TimeSpan overlap)
    {
        if (overlap < TimeSpan.Zero || overlap > TimeSpan.FromDays(Limits.WebhookOverlapDays))
            throw new InvalidWebhookException([new WebhookFault("/overlap", $"overlap must be from 0 to {Limits.WebhookOverlapDays} days.")]);
    }

    /// <summary>What a name resolves to is not looked at here but at each connection, for it may be another then.</summary>
    private static string? UrlFault(string text, FetchPolicy policy)
    {
        if (text.Length > Limits.WebhookUrlChars) return $"url must have at most {Limits.WebhookUrlChars} characters.";
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https")) return "url must be an absolute http or https URL.";
        if (url.UserInfo.Length > 0) return "url must not have a user or a password in it: lists would show them.";
        if (url.Fragment.Length > 0) return "url must not have a fragment: it is never sent.";
        try
        {
            policy.Check(url, null);
        }
        catch (FetchException e)
        {
            return $"url cannot be called: {e.Message}";
        }

        bool literal = IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out IPAddress? address);
        return literal && !policy.Allows(address!)
            ? "url cannot be called: its address is within a network that is not public, which webhooks may not call unless the operator allows it (Fetch:PrivateNetworks)."
            : null;
    }
}
