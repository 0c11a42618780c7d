using Ratchet.Configuration;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Fetch.Secrets;
using Ratchet.Execution.Nodes;
using Ratchet.Execution.Sandboxes;
using Ratchet.Execution.Webhooks;
using Ratchet.Grains.Queues;
using Ratchet.Grains.Retention;
using Ratchet.Grains.Schedules;
using Ratchet.Silo.Tasks;
using Ratchet.Storage;

namespace Ratchet.Silo.Hosting;

/// <summary>The sections of the configuration that a silo knows.</summary>
public static class SiloSections
{
    public const string Sandbox = "Sandbox";
    public const string Fetch = "Fetch";

    public static KnownSettings AddSilo(this KnownSettings known) => known
        .Add<StorageOptions>(StorageOptions.Section)
        .Add<ClusterOptions>(ClusterOptions.Section)
        .Add<NodeOptions>(NodeOptions.Section)
        .Add<QueueOptions>(QueueOptions.Section)
        .Add<RetentionOptions>(RetentionOptions.Section)
        .Add<ScheduleOptions>(ScheduleOptions.Section)
        .Add<SandboxOptions>(Sandbox)
        .Add<FetchOptions>(Fetch)
        .Add<SecretOptions>(SecretOptions.Section)
        .Add<WebhookOptions>(WebhookOptions.Section)
        .Add<TaskOptions>(TaskOptions.Section);
}
