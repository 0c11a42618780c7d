using Ratchet.Gateway.Events;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema.Bulk;
using Ratchet.Gateway.GraphQL.Schema.Events;
using Ratchet.Gateway.GraphQL.Schema.Federation;
using Ratchet.Gateway.GraphQL.Schema.Health;
using Ratchet.Gateway.GraphQL.Schema.Jobs;
using Ratchet.Gateway.GraphQL.Schema.Limiting;
using Ratchet.Gateway.GraphQL.Schema.Queues;
using Ratchet.Gateway.GraphQL.Schema.Recordings;
using Ratchet.Gateway.GraphQL.Schema.Schedules;
using Ratchet.Gateway.GraphQL.Schema.Statistics;
using Ratchet.Gateway.GraphQL.Schema.Tasks;
using Ratchet.Gateway.GraphQL.Schema.Webhooks;
using Ratchet.Gateway.GraphQL.Schema.Workers;
using Ratchet.Gateway.Hosting;

namespace Ratchet.Gateway.GraphQL.Schema;

/// <summary>The whole schema: the texts beside this file, and the tables of resolvers.</summary>
internal sealed class SchemaOfGateway(EventHub hub, ServerOptions server)
{
    public global::GraphQL.Types.Schema Types { get; } = GraphSchema.Build(
        SchemaText.All,
        [
            NodeQueries.Fields, JobQueries.Fields, JobMutations.Fields, RecordingFields.Queries, EventHistory.Queries, BulkOperations.Queries, BulkOperations.Mutations,
            TaskFields.Queries, TaskMutations.Fields, TaskVersionFields.Queries, TaskVersionFields.Mutations, new TaskUploads(server).Fields,
            ScheduleFields.Queries, ScheduleMutations.Fields, QueueFields.Queries, QueueFields.Mutations, LimitFields.Queries, LimitFields.Mutations, WorkerFields.Queries, WorkerFields.Mutations,
            WebhookFields.Queries, WebhookMutations.Fields, StatisticsFields.Queries, HealthFields.Queries, FederationFields.Queries, new Subscriptions(hub).Fields,
        ],
        [
            NodeQueries.PageInfo, NodeQueries.Error, JobFields.Job, JobFields.Execution, JobFields.Failure, JobFields.LogLine, JobFields.Event, JobFields.Explanation, RecordingFields.Recording, BulkOperations.Operation,
            TaskFields.Task, TaskFields.Cache, TaskVersionFields.Version, TaskVersionFields.Promotion, ScheduleFields.Schedule, ScheduleFields.Fire, ScheduleFields.Backfill,
            QueueFields.Queue, QueueFields.Count, QueueFields.Weight, QueueFields.Stats, LimitFields.Limit, LimitFields.Rule, LimitFields.Rate, WorkerFields.Worker, Subscriptions.Worker,
            WebhookFields.Webhook, DeliveryFields.Delivery, DeliveryFields.Attempt,
            StatisticsFields.Statistics, StatisticsFields.Queue, StatisticsFields.OfTimes, StatisticsFields.Throughput, StatisticsFields.Failure, StatisticsFields.Times, HealthFields.Health, HealthFields.Component, FederationFields.Service,
        ]);
}
