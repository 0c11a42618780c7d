using FsCheck;
using FsCheck.Fluent;

namespace Ratchet.Execution.Tests.Schemas;

/// <summary>Schemas that are shapes, and values of the same few names and words, as texts.</summary>
internal static class ShapeSamples
{
    private static readonly string[] Names = ["a", "b", "name", "\\u0061", "\u00e9"];

    public static Gen<string> Schemas => Gen.Sized(size => Schema(Math.Min(size / 40, 3)));

    public static Gen<string> Values => Gen.Sized(size => Value(Math.Min(size / 10, 3)));

    private static Gen<string> Schema(int depth)
    {
        Gen<string> number = Gen.Elements("0", "1", "2", "-1.5", "1e1");
        Gen<string> count = Gen.Elements("0", "1", "2");
        List<Gen<string>> keywords =
        [
            Gen.Elements("\"object\"", "\"array\"", "\"string\"", "\"number\"", "\"integer\"", "[\"null\",\"boolean\"]", "[\"object\",\"array\",\"string\"]").Select(type => $"\"type\":{type}"),
            number.Select(value => $"\"minimum\":{value}"),
            number.Select(value => $"\"exclusiveMaximum\":{value}"),
            count.Select(value => $"\"minLength\":{value}"),
            count.Select(value => $"\"maxLength\":{value}"),
            count.Select(value => $"\"minItems\":{value}"),
            count.Select(value => $"\"maxItems\":{value}"),
            Gen.Constant("\"enum\":[\"x\",\"\\u0061\"]"),
            Gen.Elements("a", "b", "name").Select(name => $"\"required\":[\"{name}\"]"),
        ];
        if (depth > 0)
        {
            keywords.Add(Schema(depth - 1).Select(items => $"\"items\":{items}"));
            keywords.Add(Schema(depth - 1).Select(additional => $"\"additionalProperties\":{additional}"));
            keywords.Add(Schema(depth - 1).SelectMany(a => Schema(depth - 1), (a, b) => $"\"properties\":{{\"a\":{a},\"name\":{b}}}"));
        }
        // Of each keyword one at most, in any order.
        Gen<string> schema = Gen.Choose(0, 3).SelectMany(many => Gen.Shuffle(Enumerable.Range(0, keywords.Count).ToArray()).SelectMany(order => Join(order.Take(many).Select(i => keywords[i])))).Select(all => $"{{{all}}}");
        return Gen.Frequency((6, schema), (1, Gen.Elements("true", "false", "{}")));
    }

    private static Gen<string> Value(int depth)
    {
        Gen<string> simple = Gen.Elements("null", "true", "false", "0", "1", "1.0", "-0", "1.5", "2e0", "10", "1e300", "\"\"", "\"x\"", "\"a\"", "\"\\u0061b\"", "\"\U0001F600\"", "\"\\ud83d\\ude00!\"");
        if (depth == 0) return simple;
        Gen<string> items = Gen.Choose(0, 3).SelectMany(many => Gen.ListOf(Value(depth - 1), many)).Select(all => $"[{string.Join(',', all)}]");
        Gen<string> member = Gen.Elements(Names).SelectMany(name => Value(depth - 1), (name, value) => $"\"{name}\":{value}");
        Gen<string> members = Gen.Choose(0, 3).SelectMany(many => Gen.ListOf(member, many)).Select(all => $"{{{string.Join(',', all)}}}");
        return Gen.Frequency((2, simple), (2, items), (4, members));
    }

    private static Gen<string> Join(IEnumerable<Gen<string>> parts) =>
        parts.Aggregate(Gen.Constant(""), (sum, part) => sum.SelectMany(_ => part, (before, one) => before.Length == 0 ? one : $"{before},{one}"));
}
