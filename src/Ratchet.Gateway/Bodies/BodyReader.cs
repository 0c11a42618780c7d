using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Bodies;

/// <summary>
/// Reads a request's JSON object strictly, in one pass and without a tree of it, for most of a submit is its input, which is only copied.
/// Everything that is wrong ends in a <see cref="ProblemException"/> with a pointer to the place.
/// </summary>
internal ref partial struct BodyReader
{
    private const int MostDepth = 64;

    private readonly ReadOnlySpan<byte> bytes;
    private Utf8JsonReader json;
    private readonly ShapeProbe? probe;
    private HashSet<string> seen = [];
    private string path = "";

    private BodyReader(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
        json = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MostDepth });
    }

    private BodyReader(ShapeProbe probe) => (this.probe, Field) = (probe, "field");

    /// <summary>Name of the field that is being read.</summary>
    public string Field { get; private set; } = "";

    public readonly bool IsNull => json.TokenType == JsonTokenType.Null;

    /// <summary>JSON Pointer (RFC 6901) to the field that is being read; empty for the whole body.</summary>
    public readonly string Pointer => Field.Length == 0 ? path : PointerTo(Field);

    /// <exception cref="ProblemException">Not a JSON object (400), or a field that is unknown, missing or of a wrong type (422).</exception>
    public static T Read<T>(ReadOnlySpan<byte> bytes, BodyShape<T> shape, T draft)
    {
        if (!Utf8.IsValid(bytes)) throw new ProblemException(Problem.Malformed("The body is not valid UTF-8."));
        try
        {
            var body = new BodyReader(bytes);
            if (!body.json.Read() || body.json.TokenType != JsonTokenType.StartObject) throw new ProblemException(Problem.Malformed("The body must be a JSON object."));
            T read = shape.Read(ref body, draft);
            if (body.json.Read()) throw new ProblemException(Problem.Malformed("There is more after the JSON object."));
            return read;
        }
        catch (JsonException e)
        {
            throw new ProblemException(Problem.Malformed($"The body is not valid JSON, or is nested deeper than {MostDepth} levels, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."));
        }
    }

    /// <summary>Which kind of value a field's reader asks for; null when it asks for none that is known here.</summary>
    public static JsonObject? KindOf<T>(FieldReader<T> read, T draft)
    {
        var probe = new ShapeProbe();
        try
        {
            var body = new BodyReader(probe);
            read(draft, ref body);
        }
        catch (ProblemException) when (probe.Kind is not null)
        {
            // What it makes of the value that it was given is not asked here.
        }

        return probe.Kind;
    }

    /// <summary>A whole body as a tree, for what is merged before it is read.</summary>
    /// <exception cref="ProblemException">Not a JSON object, or one with a key that is there twice (400).</exception>
    public static JsonObject Tree(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes)) throw new ProblemException(Problem.Malformed("The body is not valid UTF-8."));
        try
        {
            return MergePatch.Parse(bytes, MostDepth) as JsonObject ?? throw new ProblemException(Problem.Malformed("The body must be a JSON object."));
        }
        catch (JsonException e)
        {
            throw new ProblemException(Problem.Malformed($"The body is not valid JSON, is nested deeper than {MostDepth} levels, or has a key twice: {e.Message}"));
        }
    }

    /// <summary>Goes on to the next field of the object; false at its end.</summary>
    public bool Next()
    {
        if (!json.Read() || json.TokenType != JsonTokenType.PropertyName) return false;
        Field = "";
        Field = Decode();
        if (!seen.Add(Field)) throw new ProblemException(Problem.InvalidField(Pointer, $"'{Field}' is there twice."));
        json.Read();
        return true;
    }

    /// <summary>The field's value is an object of its own.</summary>
    public T Object<T>(BodyShape<T> shape, T draft)
    {
        if (probe is not null) return probe.Is(ApiBody.SchemaOf(shape, draft), draft);
        if (json.TokenType != JsonTokenType.StartObject) throw Wrong("must be an object");
        (string outerPath, string outerField, HashSet<string> outerSeen) = (path, Field, seen);
        (path, seen) = (Pointer, []);
        T read = shape.Read(ref this, draft);
        (path, Field, seen) = (outerPath, outerField, outerSeen);
        return read;
    }

    /// <summary>The field's value is not what it has to be.</summary>
    /// <param name="rule">What it has to be, to be read after its name: "must be a string".</param>
    public readonly ProblemException Wrong(string rule) => new(Problem.InvalidField(Pointer, $"{NameOf(Pointer)} {rule}."));

    /// <summary>The object that is the field's value lacks a member.</summary>
    /// <summary>A member cannot stand as it does beside the others.</summary>
    public readonly ProblemException Refused(string member, string why)
    {
        string pointer = $"{Pointer}/{member}";
        return new ProblemException(Problem.InvalidField(pointer, $"{NameOf(pointer)} {why}."));
    }

    public readonly ProblemException Missing(string member, string meaning)
    {
        string pointer = $"{Pointer}/{member}";
        return new ProblemException(Problem.InvalidField(pointer, $"{NameOf(pointer)} is missing: {meaning}."));
    }

    public readonly ProblemException Unknown(string noun, IEnumerable<string> known) =>
        new(Problem.InvalidField(Pointer, $"'{Field}' is not a field of {noun}; known are {string.Join(", ", known)}."));

    private readonly string PointerTo(string field) => $"{path}/{Escaped(field)}";

    private static string Escaped(string field) => field.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>As people write it: <c>retry.delays</c>.</summary>
    private static string NameOf(string pointer) => pointer.TrimStart('/').Replace('/', '.');
}
