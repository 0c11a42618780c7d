using Ratchet.Gateway.Problems;
using Ratchet.Tasks;

namespace Ratchet.Gateway.GraphQL.Engine;

/// <summary>What a mutation answers: its fields by name, and what of its input is wrong.</summary>
internal sealed class Payload(params IReadOnlyList<(string Field, object? Value)> fields)
{
    private IReadOnlyList<UserError> errors = [];

    public object? this[string field] => field == "userErrors" ? errors : fields.FirstOrDefault(f => f.Field == field).Value;

    /// <summary>Nothing was done.</summary>
    /// <param name="flags">Fields that cannot be null.</param>
    public static Payload Refused(Problem problem, params IReadOnlyList<(string Field, object? Value)> flags) => new(flags) { errors = UserError.Of(problem) };
}

/// <param name="Path">Where in the mutation's input.</param>
internal sealed record UserError(string Code, string Message, IReadOnlyList<string> Path)
{
    public static IReadOnlyList<UserError> Of(Problem problem) => problem.Errors.Count + problem.Files.Count == 0
        ? [new UserError(problem.Code, problem.Detail, [])]
        :
        [
            .. problem.Errors.Select(e => new UserError(problem.Code, e.Detail, [.. e.Pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Unescaped)])),
            .. problem.Files.Select(f => new UserError(problem.Code, $"{Place(f)}: {f.Message}", ["input", "zip", f.File])),
        ];

    /// <summary>As compilers write it: file, line and column as far as they are known.</summary>
    private static string Place(TaskUploadProblem at) => at.Line == 0 ? at.File : at.Column == 0 ? $"{at.File}:{at.Line}" : $"{at.File}:{at.Line}:{at.Column}";

    private static string Unescaped(string step) => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
