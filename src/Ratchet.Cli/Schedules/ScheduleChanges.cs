using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ratchet.Cli.Schedules;

/// <summary>A schedule as it is, with what was typed put over it.</summary>
internal static class ScheduleChanges
{
    private static readonly string[] Timings = ["cron", "every", "at"];

    /// <param name="schedule">As the server shows it.</param>
    /// <param name="given">The fields that were typed, with those of the job under <c>job</c>.</param>
    public static byte[] Apply(JsonElement schedule, JsonElement given)
    {
        JsonObject changed = JsonObject.Create(schedule) ?? [];
        changed.Remove("status");
        MakeRoom(changed, given);
        Put(changed, given.EnumerateObject().Where(f => f.Name != "job"));
        if (changed["job"] is not JsonObject job) changed["job"] = job = [];
        JsonElement typed = given.GetProperty("job");
        // A version is one of its task.
        if (typed.TryGetProperty("task", out JsonElement task) && job["task"]?.ToString() != task.GetString()) job.Remove("version");
        Put(job, typed.EnumerateObject());
        return Encoding.UTF8.GetBytes(changed.ToJsonString());
    }

    /// <summary>Takes away what cannot be beside what was typed: another timing, another policy's number.</summary>
    private static void MakeRoom(JsonObject changed, JsonElement given)
    {
        if (Timings.Any(name => given.TryGetProperty(name, out _)))
        {
            foreach (string name in Timings) changed.Remove(name);
            if (!given.TryGetProperty("cron", out _)) changed.Remove("timeZone");
        }

        if (given.TryGetProperty("misfire", out JsonElement misfire) && misfire.GetString() != "CATCH_UP") changed.Remove("catchUp");
    }

    private static void Put(JsonObject target, IEnumerable<JsonProperty> fields)
    {
        foreach (JsonProperty field in fields) target[field.Name] = JsonNode.Parse(field.Value.GetRawText());
    }
}
