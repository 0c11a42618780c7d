using System.CommandLine;
using System.Text.Json;
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
        var output = new OutputOption();
        options.AddTo(show);
        show.Options.Add(output);
        show.Runs((parsed, _) => Task.FromResult(Write(options.Flags(parsed), options.File(parsed), output.Of(parsed))));
        return new Command("config", "The server's settings.") { show };
    }

    private static int Write(Dictionary<string, string?> flags, string? file, OutputFormat format)
    {
        LoadedSettings settings = new SettingsLoader(ServerHost.Known).Load(flags, Environment.GetEnvironmentVariables(), file);
        if (format == OutputFormat.Table) foreach ((string key, string value, string origin) in settings.Explain()) Console.Out.WriteLine($"{key} = {Messages.Clean(value)}  ({origin})");
        else Show.Write(JsonSerializer.SerializeToElement(settings.Explain().Select(setting => new { key = setting.Key, value = setting.Value, origin = setting.Origin })), format, _ => { });
        return ExitCodes.Ok;
    }
}
