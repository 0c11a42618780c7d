using System.Text;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes;
using Ratchet.Tasks;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>Tasks and requests, made of what a test wants to be particular about.</summary>
internal static class TestTasks
{
    public const string Any = "true";

    public const string Sum = """{"type":"object","properties":{"sum":{"type":"number"}},"required":["sum"]}""";

    public static TaskPackage Package(string mainJs, string output = Any, string input = Any, TaskExecutionOptions? execution = null) => new()
    {
        Name = "a-task",
        Uuid = Guid.Parse("00000000-0000-7000-8000-000000000001"),
        Version = "1.2.3",
        Label = "",
        Description = "",
        Digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"{mainJs}\0{output}\0{input}\0{execution}"))),
        Metadata = "{}",
        InputSchema = input,
        OutputSchema = output,
        MainJs = mainJs,
        Execution = execution ?? new TaskExecutionOptions(),
        Retry = new RetryPolicy(),
        Source = "a test",
    };

    public static RunRequest Request(TaskPackage package, string input = "{}", TimeSpan? timeout = null, bool validate = false, IFetchBroker? fetch = null, string tenant = "default") => new()
    {
        Package = package,
        Tenant = tenant,
        Execution = Guid.Parse("00000000-0000-7000-8000-00000000000e"),
        Job = Guid.Parse("00000000-0000-7000-8000-00000000000a"),
        Attempt = 2,
        Input = Encoding.UTF8.GetBytes(input),
        Timeout = timeout ?? TimeSpan.FromSeconds(20),
        ValidateInput = validate,
        Fetch = fetch,
    };

    public static string Text(this RunOutcome outcome) =>
        outcome.Output is { } output ? Encoding.UTF8.GetString(output) : $"{outcome.Failure!.Kind} {outcome.Failure.Name}: {outcome.Failure.Message}\n{outcome.Failure.Stack}";
}
