using Ratchet;
using Ratchet.Bench.Engine;
using Ratchet.Bench.Run;

// Ratchet.Bench run [OPTION...]      every scenario and the report (bench/run.sh)
// Ratchet.Bench engine PLAN          one measurement inside a silo's process, as JSON lines
// Ratchet.Bench [--provider ...]     rounds of the pipeline as they come (bench/pipeline.sh)
try
{
    return args switch
    {
        ["run", .. string[] rest] => await RunCommand.RunAsync(rest),
        ["engine", string plan] => await EngineCommand.RunAsync(plan),
        _ => await PipelineTable.RunAsync(args),
    };
}
catch (RatchetException e)
{
    await Console.Error.WriteLineAsync($"error: {e.Message}");
    return 1;
}
