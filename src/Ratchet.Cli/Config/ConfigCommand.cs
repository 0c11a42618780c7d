using System.CommandLine;
using Ratchet.Cli.Output;
using Ratchet.Cli.Serve;
using Ratchet.Configuration;

namespace Ratchet.Cli.Config;

/// <summary><c>ratchet config show</c>: the settings that <c>serve</c> would run with, and where each comes from.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        var options = new ServeOptions();
        var show = new Command("show", "Prints each setting, its value and where that came from; secrets are redacted.");
        options.AddTo(show);
        show.Runs((parsed, _) => Task.FromResult(Show(options.Flags(parsed), options.File(parsed))));
        return new Command("config", "The server's settings.") { show };
    }

    private static int Show(Dictionary<string, string?> flags, string? file)
    {
        LoadedSettings settings = new SettingsLoader(ServerHost.Known).Load(flags, Environment.GetEnvironmentVariables(), file);
        foreach ((string key, string value, string origin) in settings.Explain()) Console.Out.WriteLine($"{key} = {Messages.Clean(value)}  ({origin})");
        return ExitCodes.Ok;
    }
}
