using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Problems;
using Ratchet.Schedules;

namespace Ratchet.Gateway.Schedules;

/// <summary>Body of PATCH /schedules/{id}: a JSON Merge Patch (RFC 7396) of the schedule as GET shows it.</summary>
internal static class SchedulePatch
{
    /// <exception cref="ProblemException">Not a JSON object (400), or what comes of it is no schedule (422).</exception>
    public static ScheduleDefinition Apply(ScheduleView schedule, byte[] body)
    {
        JsonObject patch = BodyReader.Tree(body);
        JsonObject current = Current(schedule);
        Implied(current, patch);
        string merged;
        try
        {
            merged = MergePatch.Apply(current, patch)!.ToJsonString();
        }
        catch (ArgumentException e)
        {
            // An input from before duplicates were refused.
            throw new ProblemException(Problem.InvalidField("/job/input", $"The schedule's input has a key twice ({e.Message}); replace it as a whole with PUT."));
        }

        ScheduleDefinition definition = ScheduleRequest.Read(Encoding.UTF8.GetBytes(merged), schedule.Definition.Id, schedule.Definition.Enabled);
        // An input that the patch does not name keeps its bytes: written anew, it might have other escapes.
        bool touched = patch["job"] is JsonObject job && job.ContainsKey("input");
        return touched ? definition : definition with { Job = definition.Job with { Input = schedule.Definition.Job.Input } };
    }

    /// <summary>A number that only another policy has use for goes with its policy.</summary>
    private static void Implied(JsonObject current, JsonObject patch)
    {
        if (patch["misfire"] is { } misfire && !misfire.ToString().Equals(MisfirePolicy.CatchUp.Name(), StringComparison.OrdinalIgnoreCase)) current.Remove("catchUp");
    }

    private static JsonObject Current(ScheduleView schedule)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) ScheduleJson.Write(json, schedule, whole: true);
        var current = (JsonObject)JsonNode.Parse(stream.GetBuffer().AsSpan(0, (int)stream.Length))!;
        current.Remove("status");
        return current;
    }
}
