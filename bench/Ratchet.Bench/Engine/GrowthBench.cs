using Ratchet.Bench.Databases;
using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Engine;

/// <summary>
/// Jobs a second while the store keeps a number of finished ones. A small number would be passed within a round, so it is met anew for each round, in a database
/// of its own; a large one is met once.
/// </summary>
public sealed class GrowthBench(EnginePlan plan, int? server)
{
    /// <summary>Jobs between two looks at whether all is done, so that the backlog stays in memory while the store fills.</summary>
    private const int Slice = 50_000;

    public async Task RunAsync(Action<Figure> emit)
    {
        // Compiles the silo's code; its figures would count the compiler.
        await WithSiloAsync(silo => RunToAsync(silo, plan.Jobs * 2));
        foreach (int kept in plan.Kept!)
        {
            // Whoever started this shows what is no figure as progress.
            Console.WriteLine($"    {kept:#,0} finished jobs ...");
            bool small = kept < plan.Jobs * 5;
            for (int repeat = 0; repeat < (small ? plan.Rounds : 1); repeat++)
            {
                int first = repeat;
                await WithSiloAsync(async silo =>
                {
                    await RunToAsync(silo, kept);
                    var bench = new PipelineBench(silo, server);
                    for (int round = 0; round < (small ? 1 : plan.Rounds); round++) emit(await bench.RunAsync(plan, first + round + 1) with { Kept = kept });
                });
            }
        }
    }

    private async Task RunToAsync(BenchSilo silo, int jobs)
    {
        for (int done = 0; done < jobs; done += Slice)
        {
            await silo.SubmitAsync(Math.Min(Slice, jobs - done), plan.Batch, plan.Submitters);
            await silo.UntilIdleAsync();
        }
    }

    private async Task WithSiloAsync(Func<BenchSilo, Task> work)
    {
        await using BenchDatabase database = await BenchDatabase.CreateAsync(plan.Provider);
        await using BenchSilo silo = await BenchSilo.StartAsync(database.Settings);
        await work(silo);
    }
}
