using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Tests.Protocol;

/// <summary>Makes, of a seed, what a partner may say who has read the protocol and does not keep to it: frames of all types, in any order, for runs and calls that may not exist, damaged or not.</summary>
internal sealed class Liar(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>What no length, sequence, duration or count should be, and what they are.</summary>
    private static readonly long[] Numbers = [0, 1, 2, 3, 7, -1, 255, 65_536, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue];

    /// <summary>Up to <paramref name="most"/> frames of a child, a part of them damaged.</summary>
    public byte[] FromChild(int most) => Frames(most, ChildFrame);

    /// <summary>Up to <paramref name="most"/> frames of a node, a part of them damaged.</summary>
    public byte[] FromNode(int most) => Frames(most, NodeFrame);

    private byte[] Frames(int most, Action<FrameWriter> one)
    {
        var bytes = new List<byte>();
        for (int left = random.Next(1, most + 1); left > 0; left--)
        {
            var writer = new FrameWriter();
            one(writer);
            byte[] frame = writer.Written.ToArray();
            bytes.AddRange(random.Next(5) == 0 ? Damage(frame) : frame);
        }
        return [.. bytes];
    }

    /// <summary>A bit turned, an end cut off, a length that is wrong, bytes added, or noise in its place.</summary>
    private byte[] Damage(byte[] frame)
    {
        switch (random.Next(5))
        {
            case 0:
                frame[random.Next(frame.Length)] ^= (byte)(1 << random.Next(8));
                return frame;
            case 1: return frame[..random.Next(frame.Length)];
            case 2:
                BitConverter.TryWriteBytes(frame, (int)Number());
                return frame;
            case 3: return [.. frame, .. Noise()];
            default: return Noise();
        }
    }

    private void ChildFrame(FrameWriter to)
    {
        switch (random.Next(10))
        {
            case 0: Plain(to, FrameType.Hello, writer => writer.Int32(random.Next(2) == 0 ? FrameLimits.Version : (int)Number())); break;
            case 1: LoadedFrame.Write(to, [.. Enumerable.Range(0, random.Next(4)).Select(_ => new LoadProblem(Text(), (int)Number(), (int)Number(), Text()))]); break;
            case 2 or 3: Result(to); break;
            case 4: Plain(to, FrameType.Pending, writer => writer.Int64(Number())); break;
            case 5: Plain(to, FrameType.NotStarted, writer => writer.Int64(Number())); break;
            case 6: Plain(to, FrameType.Started, writer => writer.Int64(Number())); break;
            case 7: new FetchCallFrame(Number(), (int)Number(), Text(), random.Next(2) == 0 ? "http://127.0.0.1:9/" : Text(), Headers(), random.Next(2) == 0 ? null : Noise()).Write(to); break;
            case 8: new FetchAbortFrame((int)Number()).Write(to); break;
            default: new ValidatedFrame(Number(), random.Next(2) == 0 ? null : Text(), [null, "[]", Text()]).Write(to); break;
        }
    }

    private void NodeFrame(FrameWriter to)
    {
        switch (random.Next(6))
        {
            case 0:
                new LoadFrame
                {
                    TaskName = Text(), TaskVersion = Text(), MainJs = random.Next(2) == 0 ? "function main(input) { return input; }" : Text(), InputSchema = "true", OutputSchema = random.Next(2) == 0 ? "true" : Text(),
                    Fresh = random.Next(2) == 0, CodeGeneration = random.Next(2) == 0, CheckAll = random.Next(2) == 0, HeapMb = 32, ArrayBufferMb = 32, CpuMilliseconds = 0, ContextRuns = 10, OutputBytes = 1_000, LogLines = 10, LogBytes = 1_000,
                }.Write(to);
                break;
            case 1: RunFrame.Write(to, Number(), Guid.Empty, null, (int)Number(), random.Next(2) == 0, random.Next(2) == 0, random.Next(2) == 0, (TraceWanted)random.Next(3), random.Next(2) == 0 ? null : Trace(), Noise()); break;
            case 2: Plain(to, FrameType.Interrupt, writer => writer.Int64(Number())); break;
            case 3: new FetchReplyFrame((int)Number(), random.Next(2) == 0 ? null : Text(), Text(), (int)Number(), Text(), Text(), Headers(), Noise()).Write(to); break;
            case 4:
                Plain(to, FrameType.Schema, writer =>
                {
                    writer.Int32(random.Next(2) == 0 ? 0 : (int)Number());
                    writer.Text(random.Next(2) == 0 ? "true" : Text());
                });
                break;
            default: ValidateFrame.Write(to, Number(), random.Next(2) == 0 ? 0 : (int)Number(), new ReadOnlyMemory<byte>[] { Noise(), "1"u8.ToArray() }); break;
        }
    }

    private void Result(FrameWriter to)
    {
        var status = (ResultStatus)random.Next((int)ResultStatus.CpuExceeded + 2);
        var log = new List<LogLine>();
        for (int lines = random.Next(3); lines > 0; lines--) log.Add(new LogLine((byte)random.Next(256), Number(), Text()));
        ResultFrame.Write(
            to, Number(), status, Number(), Number(), random.Next(2) == 0 ? "1" : Text(), new ResultError(Text(), Text(), Text(), random.Next(2) == 0 ? "{}" : Text()), log.ToArray(),
            random.Next(3) == 0 ? Trace() : null, random.Next(3) == 0 ? new TraceDivergence(Text(), (int)Number()) : null);
    }

    private TraceFrame Trace() => new(new byte[random.Next(2) * FrameLimits.SeedBytes], null, random.Next(0, 3), random.Next(2) == 0, Noise(), TraceFormat.Write([new TraceEntry(TraceKind.Time, Number())]));

    private static void Plain(FrameWriter to, FrameType type, Action<FrameWriter> fields)
    {
        to.Begin(type);
        fields(to);
        to.End();
    }

    private KeyValuePair<string, string>[] Headers() => [.. Enumerable.Range(0, random.Next(4)).Select(_ => new KeyValuePair<string, string>(Text(), Text()))];

    private long Number() => Numbers[random.Next(Numbers.Length)];

    private string Text() => random.Next(4) switch
    {
        0 => "",
        1 => "\0\ud800\r\n:" + (char)random.Next(char.MaxValue),
        2 => new string('x', random.Next(5_000)),
        _ => "a text",
    };

    private byte[] Noise()
    {
        byte[] noise = new byte[random.Next(200)];
        random.NextBytes(noise);
        return noise;
    }
}
