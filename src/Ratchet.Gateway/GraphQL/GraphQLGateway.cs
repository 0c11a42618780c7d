using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Playground;
using Ratchet.Gateway.GraphQL.Schema;
using Ratchet.Gateway.GraphQL.Transport;

namespace Ratchet.Gateway.GraphQL;

/// <summary>GraphQL in a gateway: <c>/graphql</c>, <c>/graphql/stream</c> and <c>/playground</c>.</summary>
internal static class GraphQLGateway
{
    private static readonly TimeSpan Alive = TimeSpan.FromSeconds(15);

    public static void AddGraphQL(this IServiceCollection services, GraphQLOptions options)
    {
        options.Validate();
        services.AddSingleton(options);
        services.AddSingleton<SchemaOfGateway>();
        services.AddSingleton<GraphEngine>();
        services.AddSingleton<PersistedOperations>();
        services.AddSingleton<Subscribers>();
        services.AddSingleton<GraphQLEndpoints>();
        services.AddSingleton(all => new GraphServices(
            all.GetRequiredService<IGrainFactory>(), all.GetRequiredService<TimeProvider>(), all.GetRequiredService<ILogger<GraphEngine>>(), all.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping));
    }

    /// <summary>Before routing, for WebSockets.</summary>
    public static void UseGraphQLSockets(this WebApplication app)
    {
        if (app.Services.GetRequiredService<GraphQLOptions>().Enabled) app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Alive, KeepAliveTimeout = 2 * Alive });
    }

    public static void MapGraphQL(this WebApplication app)
    {
        GraphQLOptions options = app.Services.GetRequiredService<GraphQLOptions>();
        if (!options.Enabled) return;
        app.Services.GetRequiredService<GraphQLEndpoints>().Map(app);
        if (options.Playground) app.MapPlayground();
    }
}
