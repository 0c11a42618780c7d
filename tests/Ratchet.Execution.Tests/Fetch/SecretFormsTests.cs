using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Fetch.Secrets;

namespace Ratchet.Execution.Tests.Fetch;

/// <summary>However a server escapes what it was sent, a secret does not come back.</summary>
public sealed class SecretFormsTests
{
    private const int Cases = 4_000;
    private const int MostLayers = 3;
    private const string Reference = "{{secret:KEY}}";

    private static readonly (string Name, Func<string, string> Encode)[] Encoders =
    [
        ("json as .NET has it", value => JsonEncodedText.Encode(value).Value),
        ("json as JSON.stringify has it", value => JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value),
        ("json as Python has it", value => Ascii(value, lower: true)),
        ("json in upper case", value => Ascii(value, lower: false)),
        ("json as PHP has it", value => Ascii(value, lower: true).Replace("/", "\\/", StringComparison.Ordinal)),
        ("json of units alone", value => string.Concat(value.Select(c => $"\\u{(int)c:x4}"))),
        ("percent", Uri.EscapeDataString),
        ("percent in lower case", value => string.Concat(Encoding.UTF8.GetBytes(value).Select(b => char.IsAsciiLetterOrDigit((char)b) ? $"{(char)b}" : $"%{b:x2}"))),
        ("form", value => WebUtility.UrlEncode(value)),
        ("html", value => WebUtility.HtmlEncode(value)),
        ("xml", value => System.Security.SecurityElement.Escape(value)!),
        ("html by numbers", value => string.Concat(value.EnumerateRunes().Select(r => string.Create(CultureInfo.InvariantCulture, $"&#{r.Value};")))),
        ("html by hexadecimal numbers", value => string.Concat(value.EnumerateRunes().Select(r => $"&#x{r.Value:X};"))),
    ];

    private static readonly string[] Letters = ["a", "Z", "9", "\"", "\\", "/", "%", "&", "+", " ", "<", ">", "'", "=", "-", ":", ";", "{", "n", "u", "\u00e9", "\u20ac", "\U0001F600", "%41", "\\n", "&amp;", "\t", "#"];
    private static readonly string[] Surroundings = ["", "{\"key\":\"", "<a href='", "?x=1&k=", "\\\\", "100 % ", "tail \"}"];

    private static IReadOnlyDictionary<string, Secret> One(string value) => new Dictionary<string, Secret> { ["KEY"] = new(value, [], []) };

    private static string Ascii(string value, bool lower) => string.Concat(value.Select(c => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\t' => "\\t",
        < ' ' or > '~' => "\\u" + ((int)c).ToString(lower ? "x4" : "X4", CultureInfo.InvariantCulture),
        _ => $"{c}",
    }));

    private static string Pick(Random random, int least, int most) => string.Concat(Enumerable.Range(0, random.Next(least, most)).Select(_ => Letters[random.Next(Letters.Length)]));

    private static string Hidden(string text, string secret) => Encoding.UTF8.GetString(SecretReferences.Hide(Encoding.UTF8.GetBytes(text).AsMemory(), One(secret)).Span);

    [Fact]
    public void A_secret_that_was_escaped_in_any_ways_one_upon_another_is_found() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases), Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
        {
            // The seed of what broke it is printed and makes the same of it again.
            var random = new Random(seed);
            string secret = "s3" + Pick(random, 8, 30), escaped = secret, ways = "";
            string before = Surroundings[random.Next(Surroundings.Length)], after = Surroundings[random.Next(Surroundings.Length)];
            for (int layers = random.Next(MostLayers + 1); layers > 0; layers--)
            {
                (string name, Func<string, string> encode) = Encoders[random.Next(Encoders.Length)];
                (before, escaped, after) = (encode(before), encode(escaped), encode(after));
                ways += $"{name}, ";
            }
            string hidden = Hidden(before + escaped + after, secret);
            // An escape that reaches into what stands beside the secret goes with it; nothing of the secret stays.
            int at = hidden.IndexOf(Reference, StringComparison.Ordinal);
            if (at < 0 || !before.StartsWith(hidden[..at], StringComparison.Ordinal) || !after.EndsWith(hidden[(at + Reference.Length)..], StringComparison.Ordinal)) throw new InvalidOperationException($"'{secret}', escaped as {ways}came back as '{hidden}'");
        }));

    [Theory]
    [InlineData("", "")]
    [InlineData("user:", "")]
    [InlineData("me:", ":and more")]
    public void In_base64_no_more_than_the_characters_at_its_ends_are_left(string before, string after)
    {
        const string Secret = "sk_live_4f9a8b\"7c6d>>?";
        string text = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + Secret + after));
        foreach (string sent in new[] { text, text.Replace('+', '-').Replace('/', '_'), Uri.EscapeDataString(text), text.Replace("/", "\\/", StringComparison.Ordinal) })
        {
            string hidden = Hidden($"{{\"auth\":\"Basic {sent}\"}}", Secret);
            Assert.Contains(Reference, hidden, StringComparison.Ordinal);
            Assert.InRange(hidden.Length, 0, "{\"auth\":\"Basic \"}".Length + Reference.Length + Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(before + after))).Length + 12);
        }
    }

    [Fact]
    public void A_text_without_the_secret_is_left_as_it_is()
    {
        byte[] text = [0xff, 0xfe, .. "{\"a\":\"\\u00e9 %zz &nope; &amp; %41 \\\"\"}"u8, 0x80];
        ReadOnlyMemory<byte> body = text;
        Assert.True(SecretReferences.Hide(body, One("another value")).Equals(body));
        Assert.Equal("50 % of a \\u0041", SecretReferences.Hide("50 % of a \\u0041", One("another value")));
    }

    [Fact]
    public void Two_secrets_of_which_one_has_the_other_in_it_are_both_hidden()
    {
        var secrets = new Dictionary<string, Secret> { ["SHORT"] = new("abcdefgh", [], []), ["LONG"] = new("abcdefgh\"ijkl", [], []) };
        Assert.Equal("{{secret:LONG}} {{secret:SHORT}} {{secret:LONG}}", SecretReferences.Hide("abcdefgh\\\"ijkl abcdefgh abcdefgh\"ijkl", secrets));
    }

    /// <summary>What is read doubles with the text and no more, whatever the text is made of.</summary>
    [Theory]
    [InlineData("\\")]
    [InlineData("%25")]
    [InlineData("&amp;")]
    [InlineData("\\u005c")]
    [InlineData("&")]
    [InlineData("&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Work_grows_with_the_text_alone(string part)
    {
        // Once for what is made the first time.
        _ = Allocated(part, 1_000);
        long small = Allocated(part, 100_000), large = Allocated(part, 400_000);
        Assert.InRange(large, 0, small * 6 + (64 << 10));
    }

    private static long Allocated(string part, int bytes)
    {
        ReadOnlyMemory<byte> text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, bytes / part.Length)));
        IReadOnlyDictionary<string, Secret> secrets = One("s3cret \"value\"");
        long before = GC.GetAllocatedBytesForCurrentThread();
        SecretReferences.Hide(text, secrets);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
