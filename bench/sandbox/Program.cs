using Ratchet.Bench.Sandbox;
using Ratchet.Execution.Sandboxes;
using Ratchet.Execution.Sandboxes.Walls;

// Figures of the sandbox on this machine: dotnet run -c Release --project bench/sandbox [runs] [processes] [auto|bubblewrap|unshare|none ...], or -- web for
// those of the Web APIs, -- fetch for executions that wait for HTTP, -- json for the size of inputs
switch (args)
{
    case ["web"]:
        await WebFigures.PrintAsync();
        return;
    case ["fetch"]:
        await FetchFigures.PrintAsync();
        return;
    case ["json"]:
        await JsonFigures.PrintAsync();
        return;
}
int runs = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 200_000;
int processes = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1;
string[] levels = args.Length > 2 ? args[2..] : ["auto"];
EngineFigures.Print();
foreach (string level in levels)
{
    var options = new SandboxOptions { Processes = processes, MaxProcesses = processes, Isolation = Enum.Parse<IsolationWish>(level, ignoreCase: true) };
    Console.WriteLine($"-- isolation: {level}");
    await PoolFigures.PrintAsync(runs, options);
    await ReplacementFigures.PrintAsync(options);
}
