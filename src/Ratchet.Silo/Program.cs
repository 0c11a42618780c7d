using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ratchet;
using Ratchet.Configuration;
using Ratchet.Silo.Hosting;
using Ratchet.Storage;

// A cluster node. Its settings come from the environment and from the YAML file given as the only argument.
try
{
    LoadedSettings settings = new SettingsLoader(new KnownSettings().AddSilo())
        .Load(new Dictionary<string, string?>(), Environment.GetEnvironmentVariables(), args.FirstOrDefault());
    using DataFolderLock folder = DataFolderLock.Take(settings);
    using ILoggerFactory logs = LoggerFactory.Create(SiloLogging.Configure);
    await using IStore store = await SiloStart.OpenStoreAsync(settings, logs, CancellationToken.None);
    HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
    SiloLogging.Configure(builder.Logging);
    builder.AddRatchetSilo(settings, store);
    await builder.Build().RunAsync();
    return 0;
}
catch (RatchetException e)
{
    await Console.Error.WriteLineAsync($"error: {e.Message}");
    return 1;
}
