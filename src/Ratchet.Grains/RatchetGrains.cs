using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Ratchet.Execution.Nodes;
using Ratchet.Execution.Packages;
using Ratchet.Grains.Bulk;
using Ratchet.Grains.Events;
using Ratchet.Grains.Jobs;
using Ratchet.Grains.Limiting;
using Ratchet.Grains.Queues;
using Ratchet.Grains.Submissions;
using Ratchet.Grains.Schedules;
using Ratchet.Grains.Statistics;
using Ratchet.Grains.Tasks;
using Ratchet.Grains.Workers;

namespace Ratchet.Grains;

/// <summary>Registration of the actors and of what they share on a silo. The host adds the store, the journal and the sandbox pool.</summary>
public static class RatchetGrains
{
    public static ISiloBuilder AddRatchetGrains(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<NodeDirectory>();
        silo.Services.AddSingleton<QueueRegistry>();
        silo.Services.AddSingleton<TaskPackageCache>();
        silo.Services.AddSingleton<CircuitCounts>();
        silo.Services.AddSingleton<QueueModes>();
        silo.Services.AddSingleton<RecordingKeeper>();
        silo.Services.AddSingleton<AttemptReporter>();
        silo.Services.AddSingleton<IAttemptSink>(services => services.GetRequiredService<AttemptReporter>());
        silo.Services.AddSingleton<NodeAgent>();
        silo.Services.AddSingleton<TaskSources>();
        silo.Services.AddSingleton<ScheduleTemplates>();
        silo.Services.AddSingleton<ScheduleMetrics>();
        silo.Services.AddSingleton<QueueMetrics>();
        silo.Services.AddSingleton<LimitMetrics>();
        silo.Services.AddSingleton<CircuitMetrics>();
        silo.Services.AddSingleton<BulkMetrics>();
        silo.Services.AddSingleton<LogMetrics>();
        silo.Services.AddSingleton<EventHints>();
        silo.Services.AddSingleton<AttemptStatistics>();
        silo.Services.AddHostedService<NodeLifetime>();
        silo.Services.AddHostedService<ScheduleWaking>();
        silo.AddPlacementDirector<NodePlacement, NodePlacementDirector>();
        return silo;
    }
}
