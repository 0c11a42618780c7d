using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Ratchet;
using Ratchet.Configuration;
using Ratchet.Gateway.GraphQL;
using Ratchet.Gateway.Hosting;
using ClusterOptions = Ratchet.Configuration.ClusterOptions;
using GatewayOptions = Ratchet.Configuration.GatewayOptions;

// A front door of its own: a client of the cluster. Its settings come from the environment and from the YAML file given as the only argument.
try
{
    KnownSettings known = new KnownSettings().Add<ServerOptions>(ServerOptions.Section).Add<GatewayOptions>(GatewayOptions.Section).Add<GraphQLOptions>(GraphQLOptions.Section).Add<ClusterOptions>(ClusterOptions.Section);
    LoadedSettings settings = new SettingsLoader(known).Load(new Dictionary<string, string?>(), Environment.GetEnvironmentVariables(), args.FirstOrDefault());
    ClusterOptions cluster = settings.Get<ClusterOptions>(ClusterOptions.Section);
    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "Ratchet.Gateway" });
    builder.Services.AddSingleton(TimeProvider.System);
    builder.AddRatchetGateway(settings.Get<ServerOptions>(ServerOptions.Section), settings.Get<GatewayOptions>(GatewayOptions.Section), settings.Get<GraphQLOptions>(GraphQLOptions.Section));
    builder.UseOrleansClient(client =>
    {
        client.Configure<Orleans.Configuration.ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        if (cluster.ConnectionString is { } membership) client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", membership));
        else client.UseStaticClustering(new IPEndPoint(IPAddress.Parse(cluster.AdvertisedAddress), cluster.GatewayPort));
    });
    WebApplication app = builder.Build();
    app.MapRatchet();
    await app.RunAsync();
    return 0;
}
catch (RatchetException e)
{
    await Console.Error.WriteLineAsync($"error: {e.Message}");
    return 1;
}
