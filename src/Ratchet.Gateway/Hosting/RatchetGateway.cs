using Microsoft.AspNetCore.Builder;
using Ratchet.Gateway.Health;
using Ratchet.Gateway.Jobs;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Tasks;

namespace Ratchet.Gateway.Hosting;

/// <summary>The front door: everything that a gateway serves. The host provides an <see cref="IGrainFactory"/> and a <see cref="TimeProvider"/>.</summary>
public static class RatchetGateway
{
    public static void MapRatchet(this WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        app.MapHealth();
        app.MapTasks();
        app.MapJobs();
    }
}
