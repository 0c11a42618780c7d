using System.Globalization;
using Ratchet;
using Ratchet.Bench;

// dotnet run -c Release --project bench/Ratchet.Bench -- --provider sqlite|postgresql [--jobs 20000] [--batch 500] [--rounds 3]
BenchArguments arguments = BenchArguments.Parse(args);
try
{
    await using PipelineBench bench = await PipelineBench.StartAsync(arguments);
    for (int round = 1; round <= arguments.Rounds; round++)
    {
        PipelineFigures figures = await bench.RunAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {arguments.Provider} | {round} | {figures.Jobs} | {figures.JobsPerSecond:0} | {figures.SubmitSeconds:0.00} | {figures.TotalSeconds:0.00} | {figures.OwnMicroseconds:0} | {figures.MachineMicroseconds:0} |"));
    }

    return 0;
}
catch (RatchetException e)
{
    await Console.Error.WriteLineAsync($"error: {e.Message}");
    return 1;
}
