using System.Text.Json;
using Ratchet.Bench.Databases;
using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Engine;

/// <summary><c>engine PLAN</c>: hosts a silo, measures, prints figures as JSON lines. A process for each, so that none inherits another's memory or compiled code.</summary>
public static class EngineCommand
{
    public static async Task<int> RunAsync(string argument)
    {
        EnginePlan plan = JsonSerializer.Deserialize<EnginePlan>(argument, Figure.Json)!;
        EndWithStarter();
        int? server = plan.Provider == BenchDatabase.Postgres ? await PostgresServer.ProcessIdAsync() : null;
        switch (plan.Scenario)
        {
            case "fill":
                await StoreFill.QueueAsync(plan);
                break;
            case "backlog":
                await new DepthBench(plan, SharedDatabases.Read()).RunAsync(Emit);
                break;
            case "growth":
                await new GrowthBench(plan, server).RunAsync(Emit);
                break;
            default:
                await WithSiloAsync(plan, silo => MeasureAsync(plan, silo, server));
                break;
        }

        return 0;
    }

    private static async Task MeasureAsync(EnginePlan plan, BenchSilo silo, int? server)
    {
        switch (plan.Scenario)
        {
            case "pipeline":
                var bench = new PipelineBench(silo, server);
                for (int round = 1; round <= plan.Rounds; round++) Emit(await bench.RunAsync(plan, round));
                break;
            case "limits":
                var limited = new PipelineBench(silo, server);
                for (int round = 1; round <= plan.Rounds; round++)
                {
                    Emit(await limited.RunAsync(plan, round) with { Setting = "no limit" });
                    Emit(await limited.RunAsync(plan, round, plan.Keys) with { Setting = $"{plan.Keys:N0} keys" });
                }

                break;
            case "schedule":
                await silo.SubmitAsync(plan.Jobs, plan.Batch, plan.Submitters, TimeProvider.System.GetUtcNow().AddDays(1));
                break;
            default:
                throw new RatchetException($"'{plan.Scenario}' is nothing that the engine measures.");
        }
    }

    private static async Task WithSiloAsync(EnginePlan plan, Func<BenchSilo, Task> work)
    {
        await using BenchDatabase? database = plan.Shared ? null : await BenchDatabase.CreateAsync(plan.Provider);
        await using BenchSilo silo = await BenchSilo.StartAsync(database?.Settings ?? []);
        await work(silo);
    }

    private static void Emit(Figure figure) => Console.WriteLine(JsonSerializer.Serialize(figure, Figure.Json));

    /// <summary>Whoever started this holds our stdin: when it is gone, so is the reason to go on.</summary>
    private static void EndWithStarter() => new Thread(() =>
    {
        while (Console.In.Read() >= 0)
        {
        }

        Environment.Exit(1);
    }) { IsBackground = true }.Start();
}
