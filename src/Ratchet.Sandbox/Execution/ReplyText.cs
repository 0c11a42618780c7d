using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Execution;

/// <summary>
/// A fetch's answer as one string, because a host function returns one: <c>!Name, message</c> for an error, or status, status text, URL, the body's encoding,
/// number of headers and the headers, a line each, and the body after them. A body that is UTF-8 is text, from which its bytes can be made again; any other is
/// <c>latin1</c>: a code unit a byte.
/// </summary>
internal static class ReplyText
{
    public static string Of(FetchReplyFrame reply)
    {
        if (reply.ErrorName is not null) return $"!{reply.ErrorName}\n{reply.Message}";
        var text = new StringBuilder();
        bool isText = Utf8.IsValid(reply.Body.Span);
        text.Append(CultureInfo.InvariantCulture, $"{reply.Status}\n{OneLine(reply.StatusText)}\n{OneLine(reply.Url ?? "")}\n{(isText ? "utf-8" : "latin1")}\n{reply.Headers.Length}\n");
        foreach ((string name, string value) in reply.Headers) text.Append(OneLine(name)).Append(':').Append(OneLine(value)).Append('\n');
        return text.Append((isText ? Encoding.UTF8 : Encoding.Latin1).GetString(reply.Body.Span)).ToString();
    }

    private static string OneLine(string text) => text.Replace('\n', ' ');
}
