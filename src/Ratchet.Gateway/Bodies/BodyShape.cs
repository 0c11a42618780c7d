using System.Collections;
using System.Text.Json.Nodes;

namespace Ratchet.Gateway.Bodies;

/// <summary>Takes one field's value into what was read so far.</summary>
internal delegate T FieldReader<T>(T draft, ref BodyReader body);

/// <summary>The fields that a JSON object of a request may have; any other is an error. A field that is null counts as absent.</summary>
/// <param name="noun">For messages: "a job".</param>
internal sealed class BodyShape<T>(string noun) : IEnumerable<string>
{
    private readonly Dictionary<string, FieldReader<T>> fields = [];
    private readonly HashSet<string> nullable = [];

    public void Add(string field, FieldReader<T> read) => fields.Add(field, read);

    /// <summary>For a field of which null is a value like any other.</summary>
    public void Add(string field, FieldReader<T> read, bool nulls)
    {
        fields.Add(field, read);
        if (nulls) nullable.Add(field);
    }

    /// <summary>Reads the fields of the object that <paramref name="body"/> stands in, to its end.</summary>
    public T Read(ref BodyReader body, T draft)
    {
        while (body.Next())
        {
            if (!fields.TryGetValue(body.Field, out FieldReader<T>? read)) throw body.Unknown(noun, fields.Keys);
            if (!body.IsNull || nullable.Contains(body.Field)) draft = read(draft, ref body);
        }

        return draft;
    }

    /// <summary>The fields and the kinds of their values, as their readers ask for them.</summary>
    /// <param name="draft">What reading begins with.</param>
    /// <exception cref="InvalidOperationException">A reader asks for a value in a way that <see cref="ShapeProbe"/> is not told of.</exception>
    public IEnumerable<(string Field, JsonObject Kind)> Kinds(T draft) => fields.Select(field => (field.Key,
        BodyReader.KindOf(field.Value, draft) ?? throw new InvalidOperationException($"What '{field.Key}' of {noun} may be is not known: the method of BodyReader that reads it has to tell its probe.")));

    public IEnumerator<string> GetEnumerator() => fields.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
