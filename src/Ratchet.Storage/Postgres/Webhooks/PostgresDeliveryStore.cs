using Npgsql;
using Ratchet.Jobs;
using Ratchet.Storage.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Storage.Postgres;

/// <summary>Deliveries on PostgreSQL.</summary>
internal sealed class PostgresDeliveryStore(PostgresQueries queries) : IDeliveryStore
{
    public static Task AddAsync(
        PostgresQueries queries, NpgsqlConnection connection, string tenant, IReadOnlyList<NewDelivery> deliveries, DateTimeOffset now, CancellationToken cancel) =>
        queries.ExecuteOnAsync(
            connection,
            "webhook_deliveries.Dispatch",
            p => p.With(tenant).With(deliveries.Select(d => d.Webhook).ToArray()).With(deliveries.Select(d => d.Id).ToArray())
                .With(deliveries.Select(d => d.Event.Transaction).ToArray()).With(deliveries.Select(d => d.Event.Sequence).ToArray())
                .With(deliveries.Select(d => d.Type).ToArray()).With(deliveries.Select(d => d.Job.Value).ToArray()).With(deliveries.Select(d => d.Payload).ToArray())
                .With(now.UtcDateTime),
            cancel);

    public Task AddPingAsync(WebhookKey key, Guid id, string payload, DateTimeOffset now, CancellationToken cancel) =>
        queries.ExecuteAsync("webhook_deliveries.AddPing", p => Of(p, key).With(id).With(WebhookEvents.Ping).With(payload).With(now.UtcDateTime), cancel);

    public async Task<DeliveryView?> GetAsync(WebhookKey key, Guid id, CancellationToken cancel)
    {
        if (await queries.ReadOneAsync("webhook_deliveries.Get", p => Of(p, key).With(id), ReadView, cancel) is not { } view) return null;
        return view with { Log = await queries.ReadAsync("webhook_deliveries.ReadAttempts", p => p.With(id), ReadAttempt, cancel) };
    }

    public Task<IReadOnlyList<DeliveryView>> ListAsync(WebhookKey key, DeliveryFilter filter, CancellationToken cancel) => queries.ReadAsync(
        "webhook_deliveries.List",
        p => Of(p, key).With(filter.State?.Name()).With(filter.Type).With(filter.Job?.Value).With(filter.Before).With(filter.Limit),
        ReadView,
        cancel);

    public Task<IReadOnlyList<PendingDelivery>> ReadNextAsync(WebhookKey key, bool events, int limit, CancellationToken cancel) => queries.ReadAsync(
        "webhook_deliveries.ReadNext",
        p => Of(p, key).With(events).With(limit),
        row => new PendingDelivery(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt32(4), row.GetFieldValue<DateTimeOffset>(5)),
        cancel);

    public async Task<bool> RecordAsync(WebhookKey key, DeliveryOutcome outcome, CancellationToken cancel)
    {
        DeliveryAttempt attempt = outcome.Attempt;
        DateTime? finished = outcome.State == DeliveryState.Pending ? null : outcome.EndedAt.UtcDateTime;
        return await queries.ExecuteAsync(
            "webhook_deliveries.Record",
            p => Of(p, key).With(outcome.Id).With(outcome.Attempts).With(outcome.State.Name()).With(outcome.NextAt?.UtcDateTime).With(finished)
                .With(attempt.Status).With(attempt.Error).With(attempt.At.UtcDateTime).With(attempt.Duration.Ticks / TimeSpan.TicksPerMicrosecond).With(attempt.Response),
            cancel) == 1;
    }

    public async Task<bool> ResendAsync(WebhookKey key, Guid id, DateTimeOffset now, CancellationToken cancel) =>
        await queries.ExecuteAsync("webhook_deliveries.Resend", p => Of(p, key).With(id).With(now.UtcDateTime).With(Limits.WebhookAttempts), cancel) == 1;

    public Task<int> ResendFailedAsync(WebhookKey key, DateTimeOffset since, DateTimeOffset now, int limit, CancellationToken cancel) => queries.ExecuteAsync(
        "webhook_deliveries.ResendFailed", p => Of(p, key).With(since.UtcDateTime).With(now.UtcDateTime).With(Limits.WebhookAttempts).With(limit), cancel);

    public Task<IReadOnlyList<string>> ListDueAsync(string tenant, DateTimeOffset now, CancellationToken cancel) =>
        queries.ReadAsync("webhook_deliveries.ListDue", p => p.With(tenant).With(now.UtcDateTime), row => row.GetString(0), cancel);

    public async Task<DeliveryBacklog> GetBacklogAsync(WebhookKey key, int most, CancellationToken cancel) =>
        (await queries.ReadAsync("webhook_deliveries.GetBacklog", p => Of(p, key).With(most), row => new DeliveryBacklog((int)row.GetInt64(0), row.TimeOrNull(1)), cancel))[0];

    public async Task<int> SweepAsync(DateTimeOffset succeededBefore, DateTimeOffset failedBefore, int limit, CancellationToken cancel) => (await queries.ReadAsync(
        "webhook_deliveries.Sweep",
        p => p.With(succeededBefore.UtcDateTime).With(failedBefore.UtcDateTime).With(limit),
        row => (int)row.GetInt64(0),
        cancel))[0];

    private static NpgsqlParameterCollection Of(NpgsqlParameterCollection parameters, WebhookKey key) => parameters.With(key.Tenant).With(key.Id);

    private static DeliveryView ReadView(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Type = row.GetString(1),
        State = DeliveryStates.Parse(row.GetString(2)),
        Job = row.IsDBNull(3) ? null : new JobId(row.GetGuid(3)),
        Attempts = row.GetInt32(4),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(5),
        NextAt = row.TimeOrNull(6),
        FinishedAt = row.TimeOrNull(7),
        Status = row.IsDBNull(8) ? null : row.GetInt32(8),
        Error = row.OrNull<string>(9),
        Payload = row.OrNull<string>(10),
    };

    private static DeliveryAttempt ReadAttempt(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1), row.IsDBNull(2) ? null : row.GetInt32(2), row.OrNull<string>(3),
        TimeSpan.FromTicks(row.GetInt64(4) * TimeSpan.TicksPerMicrosecond), row.OrNull<string>(5));
}
