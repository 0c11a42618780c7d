using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ratchet.Gateway.OpenApi;
using Ratchet.Tests.Support;

namespace Ratchet.Gateway.Tests.OpenApi;

/// <summary>The description of the interface that a gateway has, to hold its answers against.</summary>
internal static class DescriptionCheck
{
    private static readonly ConditionalWeakTable<IServiceProvider, Task<Description>> Known = [];

    public static Task<Description> OfAsync(IServiceProvider services) => Known.GetValue(services, static s => MakeAsync(s));

    private static async Task<Description> MakeAsync(IServiceProvider services) => new(JsonNode.Parse(await ApiDocument.WriteAsync(services, CancellationToken.None))!.AsObject());
}
