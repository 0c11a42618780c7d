using System.Text;
using Ratchet.Execution.Packages;
using Ratchet.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Execution.Sandboxes.Validation;

/// <summary>Holds the inputs of a task's tests against its input schema: a test whose input no job could have shows nothing of the task.</summary>
internal static class TestInputs
{
    public static async Task<IReadOnlyList<TaskProblem>> CheckAsync(ISandboxPool pool, TaskPackage package, IReadOnlyList<TaskTest> tests, CancellationToken cancel)
    {
        // A test that is about the refusal itself has such an input.
        TaskTest[] checkable = [.. tests.Where(t => t.ExpectedError?.Name != nameof(FailureKind.InvalidInput))];
        if (checkable.Length == 0) return [];
        ReadOnlyMemory<byte>[] inputs = [.. checkable.Select(t => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(t.Input.GetRawText()))];
        IReadOnlyList<IReadOnlyList<SchemaError>?> errors = await pool.ValidateInputsAsync(package, inputs, cancel);
        return [.. checkable.Zip(errors).SelectMany(pair => (pair.Second ?? []).Select(error => Problem(pair.First, error)))];
    }

    private static TaskProblem Problem(TaskTest test, SchemaError error)
    {
        string place = error.Pointer.Length > 0 ? $"`input` at {error.Pointer}" : "`input`";
        return new TaskProblem(test.File, 0, 0, $"{place} does not match the input schema: {error.Message}");
    }
}
