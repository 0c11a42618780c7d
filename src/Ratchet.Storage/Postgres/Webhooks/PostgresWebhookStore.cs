using System.Globalization;
using Npgsql;
using Ratchet.Jobs;
using Ratchet.Preconditions;
using Ratchet.Storage.Sql;
using Ratchet.Storage.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Storage.Postgres;

/// <summary>Webhooks on PostgreSQL.</summary>
internal sealed class PostgresWebhookStore : IWebhookStore
{
    private readonly PostgresQueries queries;

    public PostgresWebhookStore(PostgresConnections connections, SqlTexts sql)
    {
        queries = new PostgresQueries(connections, sql);
        Deliveries = new PostgresDeliveryStore(queries);
    }

    public IDeliveryStore Deliveries { get; }

    public async Task<bool> AddAsync(WebhookRecord webhook, CancellationToken cancel) =>
        await queries.ExecuteAsync("webhooks.Add", p => AddContent(p, webhook).With(webhook.CreatedAt.UtcDateTime), cancel) == 1;

    public async Task<bool> ReplaceAsync(WebhookRecord webhook, long known, CancellationToken cancel) =>
        await queries.ExecuteAsync("webhooks.Replace", p => AddContent(p, webhook).With(known), cancel) == 1;

    public Task<WebhookRecord?> GetAsync(WebhookKey key, CancellationToken cancel) =>
        queries.ReadOneAsync("webhooks.Get", p => p.With(key.Tenant).With(key.Id), ReadRecord, cancel);

    public Task<IReadOnlyList<WebhookRecord>> ListAsync(string tenant, CancellationToken cancel) =>
        queries.ReadAsync("webhooks.List", p => p.With(tenant), ReadRecord, cancel);

    public Task<IReadOnlyList<string>> ListTenantsAsync(CancellationToken cancel) => queries.ReadAsync("webhooks.ListTenants", _ => { }, row => row.GetString(0), cancel);

    public Task NoteFailingAsync(WebhookKey key, DateTimeOffset? since, CancellationToken cancel) =>
        queries.ExecuteAsync("webhooks.NoteFailing", p => p.With(key.Tenant).With(key.Id).With(since?.UtcDateTime), cancel);

    public Task<bool> DeleteAsync(WebhookKey key, Precondition? only, CancellationToken cancel) => queries.InTransactionAsync(
        async connection =>
        {
            // The webhook's row first: deliveries that are being added either come before and are deleted here, or find no webhook.
            if (await queries.ExecuteOnAsync(connection, "webhooks.Delete", p => p.With(key.Tenant).With(key.Id).WithRevisions(only), cancel) == 0)
                return only is null ? false : throw PreconditionFailedException.Of($"webhook '{key.Id}'", only);
            await queries.ExecuteOnAsync(connection, "webhooks.DeleteAttempts", p => p.With(key.Tenant).With(key.Id), cancel);
            await queries.ExecuteOnAsync(connection, "webhooks.DeleteDeliveries", p => p.With(key.Tenant).With(key.Id), cancel);
            return true;
        },
        cancel);

    public async Task<EventCursor> GetPositionAsync(CancellationToken cancel) => (await queries.ReadAsync("webhooks.Position", _ => { }, ReadCursor, cancel))[0];

    public async Task<EventCursor> GetCursorAsync(string tenant, CancellationToken cancel) =>
        await queries.ReadAsync("webhooks.Cursor", p => p.With(tenant), ReadCursor, cancel) is [var only] ? only : default;

    public Task<IReadOnlyList<WebhookEvent>> FollowAsync(string tenant, EventCursor after, EventCursor position, int limit, CancellationToken cancel) => queries.ReadAsync(
        "webhooks.Follow",
        p => p.With(tenant).With(Transaction(after)).With(after.Sequence).With(Transaction(position)).With(limit),
        row => new WebhookEvent(PostgresJobReader.ReadEvent(row), row.OrNull<string>(10), row.OrNull<string>(11), row.OrNull<string>(12)),
        cancel);

    public Task<bool> DispatchAsync(string tenant, EventCursor known, EventCursor next, IReadOnlyList<NewDelivery> deliveries, DateTimeOffset now, CancellationToken cancel) =>
        queries.InTransactionAsync(
            async connection =>
            {
                int moved = await queries.ExecuteOnAsync(
                    connection, "webhooks.MoveCursor", p => p.With(tenant).With(next.Transaction).With(next.Sequence).With(known.Transaction).With(known.Sequence), cancel);
                if (moved == 1 && deliveries.Count > 0) await PostgresDeliveryStore.AddAsync(queries, connection, tenant, deliveries, now, cancel);
                return moved == 1;
            },
            cancel);

    private static string Transaction(EventCursor cursor) => cursor.Transaction.ToString(CultureInfo.InvariantCulture);

    private static EventCursor ReadCursor(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetInt64(1));

    private static NpgsqlParameterCollection AddContent(NpgsqlParameterCollection parameters, WebhookRecord webhook) => parameters
        .With(webhook.Tenant).With(webhook.Definition.Id).With(webhook.Revision).With(webhook.Definition.Enabled).With(WebhookText.Write(webhook.Definition))
        .With(webhook.Secret).With(webhook.PreviousSecret).With(webhook.PreviousUntil?.UtcDateTime).With(webhook.Since.Transaction).With(webhook.Since.Sequence)
        .With(webhook.FailingSince?.UtcDateTime).With(webhook.DisabledReason).With(webhook.UpdatedAt.UtcDateTime);

    private static WebhookRecord ReadRecord(NpgsqlDataReader row) => new()
    {
        Tenant = row.GetString(0),
        Revision = row.GetInt64(1),
        Definition = WebhookText.Read(row.GetString(2)),
        Secret = row.GetString(3),
        PreviousSecret = row.OrNull<string>(4),
        PreviousUntil = row.TimeOrNull(5),
        Since = new EventCursor(row.GetInt64(6), row.GetInt64(7)),
        FailingSince = row.TimeOrNull(8),
        DisabledReason = row.OrNull<string>(9),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(10),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(11),
    };
}
