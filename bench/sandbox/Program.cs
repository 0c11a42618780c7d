using Ratchet.Bench.Sandbox;

// Figures of the sandbox on this machine: dotnet run -c Release --project bench/sandbox [runs] [processes], or -- web for those of the Web APIs
if (args is ["web"])
{
    await WebFigures.PrintAsync();
    return;
}
int runs = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 200_000;
int processes = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1;
EngineFigures.Print();
await PoolFigures.PrintAsync(runs, processes);
