using Ratchet.Cli;

using ConsoleSignals signals = new();
return signals.ExitCode(await RatchetCommand.RunAsync(args, signals.Token));
