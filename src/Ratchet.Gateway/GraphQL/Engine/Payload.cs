using Ratchet.Gateway.Problems;

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
    public static IReadOnlyList<UserError> Of(Problem problem) => problem.Errors.Count == 0
        ? [new UserError(problem.Code, problem.Detail, [])]
        : [.. problem.Errors.Select(e => new UserError(problem.Code, e.Detail, [.. e.Pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Unescaped)]))];

    private static string Unescaped(string step) => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
