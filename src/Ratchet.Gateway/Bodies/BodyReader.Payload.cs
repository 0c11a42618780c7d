using System.Globalization;
using System.Text.Json;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Bodies;

/// <summary>
/// What is taken over as it came. JSON leaves open what a key that comes twice and a number beyond all bounds mean (RFC 8259, sections 4 and 6): the schema's
/// validator and the task would each have an opinion of their own, so neither is let in.
/// </summary>
internal ref partial struct BodyReader
{
    /// <param name="at">The keys and indexes on the way to the value; there is no text of it while nothing is wrong.</param>
    private void CheckPayload(List<(string? Key, int Index)> at)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.Number when !json.TryGetDouble(out double value) || !double.IsFinite(value):
                throw WrongPayload(at, "is a number beyond the range of a double");
            case JsonTokenType.StartArray:
                for (int i = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; i++) CheckItem(at, (null, i));
                break;
            case JsonTokenType.StartObject:
                HashSet<string>? keys = null;
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    string key = Decode();
                    if (!(keys ??= []).Add(key)) throw WrongPayload([.. at, (key, 0)], "is there twice");
                    json.Read();
                    CheckItem(at, (key, 0));
                }

                break;
        }
    }

    private void CheckItem(List<(string? Key, int Index)> at, (string? Key, int Index) step)
    {
        at.Add(step);
        CheckPayload(at);
        at.RemoveAt(at.Count - 1);
    }

    private readonly ProblemException WrongPayload(List<(string? Key, int Index)> at, string rule)
    {
        string pointer = Pointer + string.Concat(at.Select(step => "/" + (step.Key is null ? step.Index.ToString(CultureInfo.InvariantCulture) : Escaped(step.Key))));
        return new ProblemException(Problem.InvalidField(pointer, $"{NameOf(pointer)} {rule}."));
    }
}
