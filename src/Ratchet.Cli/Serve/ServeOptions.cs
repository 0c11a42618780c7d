using System.CommandLine;

namespace Ratchet.Cli.Serve;

/// <summary>The flags of <c>serve</c> and <c>config show</c>, as settings: a flag stands above the environment, the file and the defaults.</summary>
internal sealed class ServeOptions
{
    private readonly Option<string> urls = new("--urls") { Description = "Addresses to listen on, separated by ';'. Default http://127.0.0.1:8080.", HelpName = "URL" };
    private readonly Option<string> data = new("--data") { Description = "Folder of the SQLite files. Default ./ratchet-data.", HelpName = "DIR" };
    private readonly Option<string[]> tasks = new("--tasks") { Description = "A folder of tasks, or the address of a zip; may be given again. Default samples/tasks.", HelpName = "DIR" };
    private readonly Option<bool> dev = new("--dev") { Description = "For authors at work: a changed task is taken without a new version, and what the folder has is current." };
    private readonly Option<bool> still = new("--no-watch") { Description = "Reads the tasks once, at the start." };
    private readonly Option<string> config = new("--config") { Description = "A YAML file of settings.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Options.Add(urls);
        command.Options.Add(data);
        command.Options.Add(tasks);
        command.Options.Add(dev);
        command.Options.Add(still);
        command.Options.Add(config);
    }

    public string? File(ParseResult parsed) => parsed.GetValue(config);

    public Dictionary<string, string?> Flags(ParseResult parsed)
    {
        var flags = new Dictionary<string, string?>();
        if (parsed.GetValue(urls) is { } url) flags["Server:Urls"] = url;
        if (parsed.GetValue(data) is { } folder) flags["Storage:DataDirectory"] = folder;
        string[] sources = parsed.GetValue(tasks) ?? [];
        for (int i = 0; i < sources.Length; i++) flags[$"Tasks:Sources:{i}"] = sources[i];
        if (parsed.GetValue(dev)) flags["Tasks:Development"] = "true";
        if (parsed.GetValue(still)) flags["Tasks:Watch"] = "false";
        return flags;
    }
}
