using Microsoft.Data.Sqlite;
using Ratchet.Jobs;
using Ratchet.Storage.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Storage.Sqlite;

/// <summary>Deliveries on SQLite.</summary>
internal sealed class SqliteDeliveryStore(SqliteFile file) : IDeliveryStore
{
    public Task AddPingAsync(WebhookKey key, Guid id, string payload, DateTimeOffset now, CancellationToken cancel) => file.WriteAsync(
        session => session.Execute("webhook_deliveries.AddPing", key.Tenant, key.Id, SqliteValues.Id(id), WebhookEvents.Ping, payload, SqliteValues.Time(now)), cancel);

    public Task<DeliveryView?> GetAsync(WebhookKey key, Guid id, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            IReadOnlyList<DeliveryView> found = session.List(ReadView, "webhook_deliveries.Get", key.Tenant, key.Id, SqliteValues.Id(id));
            return found.Count == 0 ? null : found[0] with { Log = session.List(ReadAttempt, "webhook_deliveries.ReadAttempts", SqliteValues.Id(id)) };
        },
        cancel);

    public Task<IReadOnlyList<DeliveryView>> ListAsync(WebhookKey key, DeliveryFilter filter, CancellationToken cancel) => file.ListAsync(
        "webhook_deliveries.List",
        [
            key.Tenant, key.Id, SqliteValues.OrNull(filter.State?.Name()), SqliteValues.OrNull(filter.Type), IdOrNull(filter.Job?.Value), IdOrNull(filter.Before), filter.Limit,
        ],
        ReadView,
        cancel);

    public Task<IReadOnlyList<PendingDelivery>> ReadNextAsync(WebhookKey key, bool events, int limit, CancellationToken cancel) => file.ListAsync(
        "webhook_deliveries.ReadNext",
        [key.Tenant, key.Id, events, limit],
        row => new PendingDelivery(row.GetId(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt32(4), row.GetTime(5)),
        cancel);

    public Task<bool> RecordAsync(WebhookKey key, DeliveryOutcome outcome, CancellationToken cancel) => file.WriteAsync(
        session => session.InTransaction(s =>
        {
            DeliveryAttempt attempt = outcome.Attempt;
            (object status, object error) = (SqliteValues.OrNull(attempt.Status), SqliteValues.OrNull(attempt.Error));
            object finished = outcome.State == DeliveryState.Pending ? DBNull.Value : SqliteValues.Time(outcome.EndedAt);
            int ended = s.Execute(
                "webhook_deliveries.Record", key.Tenant, key.Id, SqliteValues.Id(outcome.Id), outcome.Attempts, outcome.State.Name(), SqliteValues.OrNull(outcome.NextAt), finished,
                status, error);
            if (ended != 1) return false;
            s.Execute(
                "webhook_deliveries.AddAttempt", SqliteValues.Id(outcome.Id), outcome.Attempts + 1, SqliteValues.Time(attempt.At), status, error, SqliteValues.Span(attempt.Duration),
                SqliteValues.OrNull(attempt.Response));
            return true;
        }),
        cancel);

    public Task<bool> ResendAsync(WebhookKey key, Guid id, DateTimeOffset now, CancellationToken cancel) => file.WriteAsync(
        session => session.Execute("webhook_deliveries.Resend", key.Tenant, key.Id, SqliteValues.Id(id), SqliteValues.Time(now), Limits.WebhookAttempts) == 1, cancel);

    public Task<int> ResendFailedAsync(WebhookKey key, DateTimeOffset since, DateTimeOffset now, int limit, CancellationToken cancel) => file.WriteAsync(
        session => session.Execute(
            "webhook_deliveries.ResendFailed", key.Tenant, key.Id, SqliteValues.Time(since), SqliteValues.Time(now), Limits.WebhookAttempts, limit),
        cancel);

    public Task<IReadOnlyList<string>> ListDueAsync(string tenant, DateTimeOffset now, CancellationToken cancel) =>
        file.ListAsync("webhook_deliveries.ListDue", [tenant, SqliteValues.Time(now)], row => row.GetString(0), cancel);

    public async Task<DeliveryBacklog> GetBacklogAsync(WebhookKey key, int most, CancellationToken cancel) =>
        (await file.ListAsync("webhook_deliveries.GetBacklog", [key.Tenant, key.Id, most], row => new DeliveryBacklog(row.GetInt32(0), row.GetTimeOrNull(1)), cancel))[0];

    public Task<int> SweepAsync(DateTimeOffset succeededBefore, DateTimeOffset failedBefore, int limit, CancellationToken cancel) => file.WriteAsync(
        session => session.InTransaction(s =>
        {
            IReadOnlyList<(string Tenant, string Webhook, byte[] Id)> old = s.List(
                row => (row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2)),
                "webhook_deliveries.Old",
                SqliteValues.Time(succeededBefore),
                SqliteValues.Time(failedBefore),
                limit);
            foreach ((string tenant, string webhook, byte[] id) in old)
            {
                s.Execute("webhook_deliveries.DeleteAttemptsOf", id);
                s.Execute("webhook_deliveries.DeleteOne", tenant, webhook, id);
            }

            return old.Count;
        }),
        cancel);

    private static object IdOrNull(Guid? id) => id is { } value ? SqliteValues.Id(value) : DBNull.Value;

    private static DeliveryView ReadView(SqliteDataReader row) => new()
    {
        Id = row.GetId(0),
        Type = row.GetString(1),
        State = DeliveryStates.Parse(row.GetString(2)),
        Job = row.IsDBNull(3) ? null : new JobId(row.GetId(3)),
        Attempts = row.GetInt32(4),
        CreatedAt = row.GetTime(5),
        NextAt = row.GetTimeOrNull(6),
        FinishedAt = row.GetTimeOrNull(7),
        Status = row.IsDBNull(8) ? null : row.GetInt32(8),
        Error = row.GetTextOrNull(9),
        Payload = row.GetTextOrNull(10),
    };

    private static DeliveryAttempt ReadAttempt(SqliteDataReader row) => new(
        row.GetInt32(0), row.GetTime(1), row.IsDBNull(2) ? null : row.GetInt32(2), row.GetTextOrNull(3),
        TimeSpan.FromTicks(row.GetInt64(4) * TimeSpan.TicksPerMicrosecond), row.GetTextOrNull(5));
}
