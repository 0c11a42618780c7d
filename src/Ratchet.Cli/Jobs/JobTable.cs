using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Jobs;

/// <summary>Jobs for people, a line each.</summary>
internal static class JobTable
{
    public static void WriteAll(JsonElement jobs) => Write(jobs.EnumerateArray());

    public static void WriteOne(JsonElement job) => Write([job]);

    private static void Write(IEnumerable<JsonElement> jobs) => TableOutput.Write(
        [new("ID", 1), new("TASK", 3, Fit.Cut), new("VERSION", 9), new("STATE", 2), new("QUEUE", 7, Fit.Cut), new("PRIORITY", 8), new("ATTEMPTS", 4), new("CREATED", 5), new("FINISHED", 6)],
        jobs.Select(job => new[]
        {
            job.Shown("id"), job.Shown("task"), job.Shown("version"), job.Shown("state"), job.Shown("queue"), job.Shown("priority"),
            $"{job.Shown("attempts")}/{job.Shown("maxAttempts")}", job.ShownTime("createdAt"), job.ShownTime("finishedAt"),
        }));
}
