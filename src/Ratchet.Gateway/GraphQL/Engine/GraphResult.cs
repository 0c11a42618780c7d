using System.Text.Json;
using GraphQL;
using GraphQL.Execution;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.GraphQL.Engine;

/// <summary>What came of a request, ready to be written as JSON (GraphQL specification, section 7.1).</summary>
internal sealed class GraphResult
{
    private readonly ExecutionResult result;
    private readonly string requestId;

    public GraphResult(ExecutionResult result, QueryCost? cost, string requestId)
    {
        (this.result, Cost, this.requestId) = (result, cost, requestId);
        Problems = [.. (result.Errors ?? []).Select(ProblemError.Of)];
    }

    /// <summary>A request that was not executed.</summary>
    public static GraphResult Refused(Problem problem, string requestId = "") => new(new ExecutionResult { Errors = [new ProblemError(problem)] }, null, requestId);

    /// <summary>Whether it was executed: then there is <c>data</c>, though it may be null.</summary>
    public bool Executed => result.Executed;

    public IReadOnlyList<Problem> Problems { get; }

    private QueryCost? Cost { get; }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Problems.Count > 0) WriteErrors(json);
        if (Executed)
        {
            json.WritePropertyName("data");
            if (result.Data is ExecutionNode root) Write(json, root);
            else json.WriteNullValue();
        }

        if (Cost is { } cost)
        {
            json.WriteStartObject("extensions");
            cost.Write(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>The errors alone, as the protocols of subscriptions send them when nothing was executed.</summary>
    public void WriteErrorList(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        for (int i = 0; i < Problems.Count; i++) WriteError(json, result.Errors![i], Problems[i]);
        json.WriteEndArray();
    }

    private void WriteErrors(Utf8JsonWriter json)
    {
        json.WritePropertyName("errors");
        WriteErrorList(json);
    }

    private void WriteError(Utf8JsonWriter json, ExecutionError error, Problem problem)
    {
        json.WriteStartObject();
        json.WriteString("message", problem.Code == "internal" ? Problem.Internal(requestId).Detail : problem.Detail);
        if (error.Locations is { Count: > 0 } locations)
        {
            json.WriteStartArray("locations");
            foreach (GraphQLParser.Location at in locations)
            {
                json.WriteStartObject();
                json.WriteNumber("line", at.Line);
                json.WriteNumber("column", at.Column);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (error.Path is { } path)
        {
            json.WriteStartArray("path");
            foreach (object step in path) WriteValue(json, step);
            json.WriteEndArray();
        }

        json.WriteStartObject("extensions");
        json.WriteString("code", problem.Code);
        foreach ((string name, string value) in problem.Extensions) json.WriteString(name, value);
        if (problem.RetryAfter is { } seconds) json.WriteNumber("retryAfter", seconds);
        if (problem.Errors.Count > 0) WritePlaces(json, problem);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePlaces(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartArray("errors");
        foreach ((string pointer, string detail) in problem.Errors)
        {
            json.WriteStartObject();
            json.WriteString("pointer", pointer);
            json.WriteString("detail", detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ExecutionNode node)
    {
        switch (node)
        {
            case ObjectExecutionNode { SubFields: { } fields }:
                json.WriteStartObject();
                foreach (ExecutionNode field in fields)
                {
                    json.WritePropertyName(field.Name!);
                    Write(json, field);
                }

                json.WriteEndObject();
                break;
            case ArrayExecutionNode { Items: { } items }:
                json.WriteStartArray();
                foreach (ExecutionNode item in items) Write(json, item);
                json.WriteEndArray();
                break;
            case ArrayExecutionNode { SerializedResult: { } values }:
                WriteValue(json, values);
                break;
            case ValueExecutionNode value:
                WriteValue(json, value.ToValue());
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    internal static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            // Checked when it came in.
            case RawJson raw: json.WriteRawValue(raw.Utf8, skipInputValidation: true); break;
            case TimeSpan duration: json.WriteStringValue(Durations.Format(duration)); break;
            case DateTimeOffset at: json.WriteStringValue(at); break;
            case IReadOnlyDictionary<string, object?> fields: WriteObject(json, fields); break;
            case System.Collections.IEnumerable items:
                json.WriteStartArray();
                foreach (object? item in items) WriteValue(json, item);
                json.WriteEndArray();
                break;
            default: json.WriteStringValue(value.ToString()); break;
        }
    }

    private static void WriteObject(Utf8JsonWriter json, IReadOnlyDictionary<string, object?> fields)
    {
        json.WriteStartObject();
        foreach ((string name, object? value) in fields)
        {
            json.WritePropertyName(name);
            WriteValue(json, value);
        }

        json.WriteEndObject();
    }
}
