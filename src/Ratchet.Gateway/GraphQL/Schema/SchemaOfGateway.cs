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
using Ratchet.Gateway.GraphQL.Schema.Tasks;
using Ratchet.Gateway.GraphQL.Schema.Workers;

namespace Ratchet.Gateway.GraphQL.Schema;

/// <summary>The whole schema: the texts beside this file, and the tables of resolvers.</summary>
internal sealed class SchemaOfGateway(EventHub hub)
{
    public global::GraphQL.Types.Schema Types { get; } = GraphSchema.Build(
        SchemaText.All,
        [
            NodeQueries.Fields, JobQueries.Fields, JobMutations.Fields, TaskFields.Queries, TaskFields.Mutations, ScheduleFields.Queries, ScheduleMutations.Fields, QueueFields.Queries, QueueFields.Mutations,
            LimitFields.Queries, LimitFields.Mutations, WorkerFields.Queries, WorkerFields.Mutations, BulkOperations.Queries, BulkOperations.Mutations, HealthFields.Queries, FederationFields.Queries,
            new Subscriptions(hub).Fields,
        ],
        [
            NodeQueries.PageInfo, NodeQueries.Error, JobFields.Job, JobFields.Execution, JobFields.Failure, JobFields.LogLine, JobFields.Event, JobFields.Explanation, TaskFields.Task, TaskFields.Version,
            ScheduleFields.Schedule, ScheduleFields.Fire, ScheduleFields.Backfill, QueueFields.Queue, QueueFields.Count, QueueFields.Weight, QueueFields.Stats, LimitFields.Limit, LimitFields.Rule, LimitFields.Rate,
            WorkerFields.Worker, RecordingFields.Recording, BulkOperations.Operation, HealthFields.Health, HealthFields.Component, HealthFields.Statistics, Subscriptions.Worker, FederationFields.Service,
        ]);
}
