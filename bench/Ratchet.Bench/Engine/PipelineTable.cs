using System.Globalization;
using Ratchet.Bench.Databases;
using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Engine;

/// <summary>What bench/pipeline.sh shows: a line a round, as they come.</summary>
public static class PipelineTable
{
    public static async Task<int> RunAsync(string[] args)
    {
        EnginePlan plan = Read(args);
        int? server = plan.Provider == BenchDatabase.Postgres ? await PostgresServer.ProcessIdAsync() : null;
        await using BenchDatabase database = await BenchDatabase.CreateAsync(plan.Provider);
        await using BenchSilo silo = await BenchSilo.StartAsync(database.Settings);
        var bench = new PipelineBench(silo, server);
        for (int round = 1; round <= plan.Rounds; round++)
        {
            Figure figure = await bench.RunAsync(plan, round);
            FormattableString speed = $"| {plan.Provider} | {round} | {figure.Jobs} | {figure.JobsPerSecond:0} | {figure.SubmitSeconds:0.00} | {figure.TotalSeconds:0.00}";
            FormattableString cpu = $" | {Each(figure.Cpu!.Silo):0} | {Each(figure.Cpu.Machine):0} |";
            Console.WriteLine(FormattableString.Invariant(speed) + FormattableString.Invariant(cpu));
        }

        return 0;

        double Each(double seconds) => seconds * 1e6 / plan.Jobs;
    }

    private static EnginePlan Read(string[] args)
    {
        string Value(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;
        int Number(string name, int otherwise) => int.Parse(Value(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        return new EnginePlan("pipeline", Value("--provider", BenchDatabase.Sqlite), Jobs: Number("--jobs", 20_000), Batch: Number("--batch", 500), Rounds: Number("--rounds", 3));
    }
}
