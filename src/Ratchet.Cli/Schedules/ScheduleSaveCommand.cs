using System.CommandLine;
using System.Text;
using System.Text.Json;
using Ratchet.Cli.Input;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Schedules;

/// <summary><c>ratchet schedule create</c> and <c>update</c>: the whole schedule, by options or from a file.</summary>
internal static class ScheduleSaveCommand
{
    public static Command CreateNew(ServerOption server) => Save(
        server, "create", "Makes a schedule.", (client, _, body, cancel) => client.PostAsync("schedules", body, TimeSpan.Zero, cancel));

    public static Command Update(ServerOption server) => Save(
        server, "update", "Replaces a schedule's whole definition; what is not given has its default.",
        (client, id, body, cancel) => client.SendAsync(HttpMethod.Put, ScheduleCommand.Path(id), body, cancel));

    private static Command Save(
        ServerOption server, string name, string description, Func<ApiClient, string, byte[], CancellationToken, Task<ApiAnswer>> send)
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
            byte[] body = parsed.GetValue(file) is { } path
                ? Named(await JsonInput.ReadFileAsync("--file", path, cancel), scheduleId)
                : await options.BodyAsync(parsed, scheduleId, cancel);
            using ApiClient client = server.Connect(parsed);
            Show.Write((await send(client, scheduleId, body, cancel)).Body, output.Of(parsed), ScheduleDetails.Write);
            return ExitCodes.Ok;
        });
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
