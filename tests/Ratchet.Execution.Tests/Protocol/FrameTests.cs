using Ratchet.Execution.Sandboxes;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Tests.Protocol;

/// <summary>Frames as bytes: what is written is read, and what is not a frame is refused without more.</summary>
public sealed class FrameTests
{
    private static readonly FetchCallFrame Call = new(7, 8, "GET", "http://x/", [new("a", "b")], [1, 2, 3]);

    private static FrameWriter Sample()
    {
        var writer = new FrameWriter();
        ResultFrame.Write(writer, 1, ResultStatus.Output, 10, 9, "{\"a\":\"\u00e9\"}", null, [new LogLine(1, 5, "hello")], new TraceFrame(new byte[FrameLimits.SeedBytes], null, 3, true, [], TraceFormat.Write([new TraceEntry(TraceKind.Time, 9)])), null);
        ResultFrame.Write(writer, 2, ResultStatus.TaskError, 10, 9, null, new ResultError("TypeError", "m", null, "{}"), null, null, new TraceDivergence("otherwise", 2));
        Call.Write(writer);
        new FetchAbortFrame(8).Write(writer);
        ProfileFrame.Write(writer, 4, [1, 2]);
        LogFrame.Write(writer, 5, 6, [new LogLine(2, 3, "live")]);
        LoadedFrame.Write(writer, [new LoadProblem("main.js", 1, 2, "m")]);
        new ValidatedFrame(3, null, [null, "[]"]).Write(writer);
        return writer;
    }

    [Fact]
    public void Frames_come_out_as_they_went_in()
    {
        var stream = new FrameStream(new MemoryStream(Sample().Written.ToArray()), FrameLimits.ToParentBytes);
        var events = new List<ChildEvent>();
        while (stream.Fill()) while (stream.TryNext(out ReadOnlySpan<byte> body)) events.Add(ChildEvent.Read(body));
        Assert.Equal([FrameType.Result, FrameType.Result, FrameType.FetchCall, FrameType.FetchAbort, FrameType.Profile, FrameType.Log, FrameType.Loaded, FrameType.Validated], events.Select(e => e.Type));
        Assert.Equal("{\"a\":\"\u00e9\"}"u8.ToArray(), events[0].Result.Output);
        Assert.Equal(new LogLine(1, 5, "hello"), Assert.Single(events[0].Result.Log));
        Assert.Equal(new ResultError("TypeError", "m", null, "{}"), events[1].Result.Error);
        Assert.Equivalent(Call, events[2].Other);
        Assert.Equal(new FetchAbortFrame(8), events[3].Other);
    }

    [Fact]
    public void Damaged_frames_are_refused_and_nothing_else_happens()
    {
        byte[] good = Sample().Written.ToArray();
        var random = new Random(20_261_123);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = good.AsSpan(0, random.Next(1, good.Length + 1)).ToArray();
            for (int flips = random.Next(4); flips > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var stream = new FrameStream(new MemoryStream(bytes), FrameLimits.ToParentBytes);
            try
            {
                while (stream.Fill()) while (stream.TryNext(out ReadOnlySpan<byte> body)) ChildEvent.Read(body);
            }
            catch (FrameException)
            {
                // What it is for.
            }
        }
    }

    [Theory]
    [InlineData(0), InlineData(-1), InlineData(int.MinValue), InlineData(FrameLimits.ToParentBytes + 1), InlineData(int.MaxValue)]
    public void A_length_outside_the_limits_is_refused(int length)
    {
        var stream = new FrameStream(new MemoryStream([.. BitConverter.GetBytes(length), 1, 2, 3]), FrameLimits.ToParentBytes);
        Assert.True(stream.Fill());
        Assert.Throws<FrameException>(() => stream.TryNext(out _));
    }
}
