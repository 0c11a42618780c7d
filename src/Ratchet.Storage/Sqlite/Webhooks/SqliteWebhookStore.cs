using Microsoft.Data.Sqlite;
using Ratchet.Jobs;
using Ratchet.Preconditions;
using Ratchet.Storage.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Storage.Sqlite;

/// <summary>Webhooks on SQLite.</summary>
internal sealed class SqliteWebhookStore(SqliteFile file) : IWebhookStore
{
    public IDeliveryStore Deliveries { get; } = new SqliteDeliveryStore(file);

    public Task<bool> AddAsync(WebhookRecord webhook, CancellationToken cancel) =>
        file.WriteAsync(session => session.Execute("webhooks.Add", [.. Content(webhook), SqliteValues.Time(webhook.CreatedAt)]) == 1, cancel);

    public Task<bool> ReplaceAsync(WebhookRecord webhook, long known, CancellationToken cancel) =>
        file.WriteAsync(session => session.Execute("webhooks.Replace", [.. Content(webhook), known]) == 1, cancel);

    public async Task<WebhookRecord?> GetAsync(WebhookKey key, CancellationToken cancel) =>
        await file.ListAsync("webhooks.Get", [key.Tenant, key.Id], ReadRecord, cancel) is [var only] ? only : null;

    public Task<IReadOnlyList<WebhookRecord>> ListAsync(string tenant, CancellationToken cancel) => file.ListAsync("webhooks.List", [tenant], ReadRecord, cancel);

    public Task<IReadOnlyList<string>> ListTenantsAsync(CancellationToken cancel) => file.ListAsync("webhooks.ListTenants", [], row => row.GetString(0), cancel);

    public Task NoteFailingAsync(WebhookKey key, DateTimeOffset? since, CancellationToken cancel) =>
        file.WriteAsync(session => session.Execute("webhooks.NoteFailing", key.Tenant, key.Id, SqliteValues.OrNull(since)), cancel);

    public Task<bool> DeleteAsync(WebhookKey key, Precondition? only, CancellationToken cancel) => file.WriteAsync(
        session => session.InTransaction(s =>
        {
            if (s.Execute("webhooks.Delete", key.Tenant, key.Id, SqliteValues.Revisions(only)) == 0)
                return only is null ? false : throw PreconditionFailedException.Of($"webhook '{key.Id}'", only);
            s.Execute("webhooks.DeleteAttempts", key.Tenant, key.Id);
            s.Execute("webhooks.DeleteDeliveries", key.Tenant, key.Id);
            return true;
        }),
        cancel);

    public async Task<EventCursor> GetPositionAsync(CancellationToken cancel) => (await file.ListAsync("webhooks.Position", [], ReadCursor, cancel))[0];

    public async Task<EventCursor> GetCursorAsync(string tenant, CancellationToken cancel) =>
        await file.ListAsync("webhooks.Cursor", [tenant], ReadCursor, cancel) is [var only] ? only : default;

    public Task<IReadOnlyList<WebhookEvent>> FollowAsync(string tenant, EventCursor after, EventCursor position, int limit, CancellationToken cancel) => file.ListAsync(
        "webhooks.Follow",
        [tenant, after.Sequence, position.Sequence, limit],
        row => new WebhookEvent(SqliteJobReader.ReadEvent(row), row.GetTextOrNull(10), row.GetTextOrNull(11), row.GetTextOrNull(12)),
        cancel);

    public Task<bool> DispatchAsync(string tenant, EventCursor known, EventCursor next, IReadOnlyList<NewDelivery> deliveries, DateTimeOffset now, CancellationToken cancel) =>
        file.WriteAsync(
            session => session.InTransaction(s =>
            {
                if (s.Execute("webhooks.MoveCursor", tenant, next.Transaction, next.Sequence, known.Transaction, known.Sequence) != 1) return false;
                foreach (NewDelivery d in deliveries)
                {
                    s.Execute(
                        "webhook_deliveries.Dispatch", tenant, d.Webhook, SqliteValues.Id(d.Id), d.Event.Transaction, d.Event.Sequence, d.Type, SqliteValues.Id(d.Job.Value),
                        d.Payload, SqliteValues.Time(now));
                }

                return true;
            }),
            cancel);

    private static EventCursor ReadCursor(SqliteDataReader row) => new(row.GetInt64(0), row.GetInt64(1));

    private static object[] Content(WebhookRecord webhook) =>
    [
        webhook.Tenant, webhook.Definition.Id, webhook.Revision, webhook.Definition.Enabled, WebhookText.Write(webhook.Definition), webhook.Secret,
        SqliteValues.OrNull(webhook.PreviousSecret), SqliteValues.OrNull(webhook.PreviousUntil), webhook.Since.Transaction, webhook.Since.Sequence,
        SqliteValues.OrNull(webhook.FailingSince), SqliteValues.OrNull(webhook.DisabledReason), SqliteValues.Time(webhook.UpdatedAt),
    ];

    private static WebhookRecord ReadRecord(SqliteDataReader row) => new()
    {
        Tenant = row.GetString(0),
        Revision = row.GetInt64(1),
        Definition = WebhookText.Read(row.GetString(2)),
        Secret = row.GetString(3),
        PreviousSecret = row.GetTextOrNull(4),
        PreviousUntil = row.GetTimeOrNull(5),
        Since = new EventCursor(row.GetInt64(6), row.GetInt64(7)),
        FailingSince = row.GetTimeOrNull(8),
        DisabledReason = row.GetTextOrNull(9),
        CreatedAt = row.GetTime(10),
        UpdatedAt = row.GetTime(11),
    };
}
