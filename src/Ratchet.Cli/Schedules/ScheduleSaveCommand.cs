using System.CommandLine;
using System.Net;
using System.Text;
using System.Text.Json;
using Ratchet.Cli.Input;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Schedules;

/// <summary><c>ratchet schedule create</c> and <c>update</c>: by options, or a whole schedule from a file.</summary>
internal static class ScheduleSaveCommand
{
    /// <summary>Of an update by options, when somebody else changes the schedule too.</summary>
    private const int MostTries = 5;

    public static Command CreateNew(ServerOption server) => Save(
        server, "create", "Makes a schedule.",
        (client, _, body, cancel) => client.PostAsync("schedules", body, TimeSpan.Zero, cancel),
        async (client, id, options, parsed, cancel) => await client.PostAsync("schedules", await options.BodyAsync(parsed, id, cancel), TimeSpan.Zero, cancel));

    public static Command Update(ServerOption server) => Save(
        server, "update", "Changes what is given of a schedule, and nothing else; --file replaces all of it.",
        (client, id, body, cancel) => client.SendAsync(HttpMethod.Put, ScheduleCommand.Path(id), body, cancel), ChangeAsync);

    private static Command Save(
        ServerOption server, string name, string description, Func<ApiClient, string, byte[], CancellationToken, Task<ApiAnswer>> whole,
        Func<ApiClient, string, ScheduleOptions, ParseResult, CancellationToken, Task<ApiAnswer>> byOptions)
    {
        Argument<string> id = ScheduleCommand.Id();
        Option<string> file = new("--file", "-f") { Description = "The schedule as JSON, as 'schedule get -o json' prints it; - is stdin.", HelpName = "FILE" };
        ScheduleOptions options = new();
        OutputOption output = new();
        Command command = new(name, description) { id, file, output };
        options.AddTo(command);
        return command.Runs(async (parsed, cancel) =>
        {
            string scheduleId = parsed.GetRequiredValue(id);
            using ApiClient client = server.Connect(parsed);
            ApiAnswer saved;
            if (parsed.GetValue(file) is { } path)
            {
                if (options.FirstGiven(parsed) is { } other) throw new CliException(ExitCodes.Usage, $"--file holds the whole schedule; {other} would be lost beside it.");
                saved = await whole(client, scheduleId, Named(await JsonInput.ReadFileAsync("--file", path, cancel), scheduleId), cancel);
            }
            else
            {
                saved = await byOptions(client, scheduleId, options, parsed, cancel);
            }

            Show.Write(saved.Body, output.Of(parsed), ScheduleDetails.Write);
            return ExitCodes.Ok;
        });
    }

    /// <summary>
    /// The schedule as it is with what was given put over it. Not by PATCH: a merge patch merges the input with the one that is there, and whoever types an
    /// input means that one.
    /// </summary>
    private static async Task<ApiAnswer> ChangeAsync(ApiClient client, string id, ScheduleOptions options, ParseResult parsed, CancellationToken cancel)
    {
        if (options.FirstGiven(parsed) is null) throw new CliException(ExitCodes.Usage, "say what to change, by options or as a whole by --file.");
        for (int tries = 1; ; tries++)
        {
            ApiAnswer known = await client.GetAsync(ScheduleCommand.Path(id), cancel);
            byte[] body = await options.ChangedAsync(parsed, known.Body, cancel);
            try
            {
                return await client.SendAsync(HttpMethod.Put, ScheduleCommand.Path(id), body, cancel, ifMatch: known.ETag);
            }
            catch (CliException e) when (e.Status == HttpStatusCode.PreconditionFailed && tries < MostTries)
            {
                // Somebody else was faster: what was given goes over what they made of it.
            }
        }
    }

    /// <summary>The file's schedule under the id of the command line, so that one can be copied.</summary>
    private static byte[] Named(JsonElement schedule, string id)
    {
        if (schedule.ValueKind != JsonValueKind.Object) return Encoding.UTF8.GetBytes(schedule.GetRawText());
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            foreach (JsonProperty field in schedule.EnumerateObject().Where(f => f.Name != "id")) field.WriteTo(json);
            json.WriteEndObject();
        }

        return body.ToArray();
    }
}
