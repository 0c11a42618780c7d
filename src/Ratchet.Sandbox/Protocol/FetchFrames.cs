namespace Ratchet.Sandbox.Protocol;

/// <summary>A script's request. The body is null when there is none.</summary>
internal sealed record FetchCallFrame(long Sequence, int Call, string Method, string Url, KeyValuePair<string, string>[] Headers, byte[]? Body)
{
    public void Write(FrameWriter to)
    {
        to.Begin(FrameType.FetchCall);
        to.Int64(Sequence);
        to.Int32(Call);
        to.Text(Method);
        to.Text(Url);
        HeaderList.Write(to, Headers);
        to.Byte(Body is null ? (byte)0 : (byte)1);
        if (Body is not null) to.Bytes(Body);
        to.End();
    }

    public static FetchCallFrame Read(ref FrameReader from)
    {
        var frame = new FetchCallFrame(from.Int64(), from.Int32(), from.Text(), from.Text(), HeaderList.Read(ref from, FrameLimits.FetchHeaders), from.Flag() ? from.Bytes().ToArray() : null);
        from.End();
        return frame;
    }
}

/// <summary>The script does not wait for a call any more. It is answered all the same, so that both sides count the same open calls.</summary>
internal sealed record FetchAbortFrame(int Call)
{
    public void Write(FrameWriter to)
    {
        to.Begin(FrameType.FetchAbort);
        to.Int32(Call);
        to.End();
    }

    public static FetchAbortFrame Read(ref FrameReader from)
    {
        var frame = new FetchAbortFrame(from.Int32());
        from.End();
        return frame;
    }
}

/// <summary>The answer to a request: a response, or the class and message of the error that the script sees.</summary>
internal sealed record FetchReplyFrame(int Call, string? ErrorName, string? Message, int Status, string StatusText, string? Url, KeyValuePair<string, string>[] Headers, ReadOnlyMemory<byte> Body)
{
    // A server may send many headers; beyond this the broker has already cut them off.
    private const int MostHeaders = 1_000;

    public static FetchReplyFrame Failed(int call, string errorName, string message) => new(call, errorName, message, 0, "", null, [], default);

    public void Write(FrameWriter to)
    {
        to.Begin(FrameType.FetchReply);
        to.Int32(Call);
        to.OptionalText(ErrorName);
        to.OptionalText(Message);
        to.Int32(Status);
        to.Text(StatusText);
        to.OptionalText(Url);
        HeaderList.Write(to, Headers.Length <= MostHeaders ? Headers : Headers[..MostHeaders]);
        to.Bytes(Body.Span);
        to.End();
    }

    public static FetchReplyFrame Read(ref FrameReader from)
    {
        var frame = new FetchReplyFrame(
            from.Int32(), from.OptionalText(), from.OptionalText(), from.Int32(), from.Text(), from.OptionalText(), HeaderList.Read(ref from, MostHeaders), from.Bytes().ToArray());
        from.End();
        return frame;
    }
}

internal static class HeaderList
{
    public static void Write(FrameWriter to, KeyValuePair<string, string>[] headers)
    {
        to.Int32(headers.Length);
        foreach ((string name, string value) in headers)
        {
            to.Text(name);
            to.Text(value);
        }
    }

    public static KeyValuePair<string, string>[] Read(ref FrameReader from, int most)
    {
        var headers = new KeyValuePair<string, string>[from.Count(most)];
        for (int i = 0; i < headers.Length; i++) headers[i] = new(from.Text(), from.Text());
        return headers;
    }
}
