using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Ratchet.Cli.Output;
using Ratchet.Configuration;
using Ratchet.Gateway.GraphQL;
using Ratchet.Gateway.Hosting;
using Ratchet.Silo.Hosting;
using Ratchet.Silo.Tasks;
using Ratchet.Storage;

namespace Ratchet.Cli.Serve;

/// <summary>Silo and gateway in one process.</summary>
internal static class ServerHost
{
    public static KnownSettings Known => new KnownSettings().AddSilo().Add<ServerOptions>(ServerOptions.Section).Add<GatewayOptions>(GatewayOptions.Section).Add<GraphQLOptions>(GraphQLOptions.Section);

    /// <exception cref="CliException">It cannot start: one clear line.</exception>
    public static async Task<int> RunAsync(Dictionary<string, string?> flags, string? file, CancellationToken cancel)
    {
        LoadedSettings settings = new SettingsLoader(Known).Load(flags, Environment.GetEnvironmentVariables(), file);
        ListenAddresses.Check(settings.Get<ServerOptions>(ServerOptions.Section).Urls);
        TaskSources.Check(settings.Get<TaskOptions>(TaskOptions.Section).Sources);
        using DataFolderLock folder = DataFolderLock.Take(settings);
        using ILoggerFactory logs = LoggerFactory.Create(SiloLogging.Configure);
        await using IStore store = await SiloStart.OpenStoreAsync(settings, logs, cancel);
        await using WebApplication app = Build(settings, store);
        await StartAsync(app, cancel);
        Banner.Write(app.Urls, store);
        await WaitAsync(cancel);
        Messages.Note("Stopping: running jobs may end, new ones are not taken.");
        await app.StopAsync(CancellationToken.None);
        return ExitCodes.Ok;
    }

    private static WebApplication Build(LoadedSettings settings, IStore store)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "ratchet" });
        SiloLogging.Configure(builder.Logging);
        builder.Services.AddSingleton<IHostLifetime, SignalsElsewhere>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddRatchetSilo(settings, store);
        builder.AddRatchetGateway(
            settings.Get<ServerOptions>(ServerOptions.Section), settings.Get<GatewayOptions>(GatewayOptions.Section), settings.Get<GraphQLOptions>(GraphQLOptions.Section));
        WebApplication app = builder.Build();
        app.MapRatchet();
        return app;
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
        }
        catch (Exception e) when (e is IOException or AddressInUseException or SocketException)
        {
            throw new CliException(ExitCodes.Failed, $"{e.Message.TrimEnd('.')}. Choose another address with --urls.");
        }
        catch (Exception e) when (e is OrleansException or FormatException or InvalidOperationException)
        {
            throw new CliException(ExitCodes.Failed, $"The server could not start: {e.GetBaseException().Message}");
        }
    }

    private static async Task WaitAsync(CancellationToken cancel)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = cancel.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }

    /// <summary>The command handles the signals for all of the process; the host must not do so too.</summary>
    private sealed class SignalsElsewhere : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
