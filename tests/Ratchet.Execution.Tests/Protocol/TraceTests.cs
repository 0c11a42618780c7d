using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Tests.Protocol;

/// <summary>Traces as bytes.</summary>
public sealed class TraceTests
{
    private static TraceEntry[] Entries(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(0, 200)).Select(_ => new TraceEntry(
            (TraceKind)random.Next((int)TraceKind.Time, (int)TraceKind.Abort + 1),
            random.Next(4) switch { 0 => random.NextInt64(long.MinValue, long.MaxValue), 1 => -random.Next(), _ => random.Next(1_000) },
            random.Next(3) == 0 ? random.Next(2, int.MaxValue) : 1)),
    ];

    [Fact]
    public void What_was_written_is_read()
    {
        var random = new Random(1);
        for (int i = 0; i < 500; i++)
        {
            TraceEntry[] entries = Entries(random);
            Assert.Equal(entries, TraceFormat.Read(TraceFormat.Write(entries), FrameLimits.TraceBytes));
        }
    }

    [Fact]
    public void Anything_else_is_refused_and_nothing_worse()
    {
        var random = new Random(2);
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = i % 2 == 0 ? TraceFormat.Write(Entries(random)) : new byte[random.Next(1, 60)];
            if (i % 2 == 0 && bytes.Length > 0) bytes = bytes[..random.Next(bytes.Length)];
            else random.NextBytes(bytes);
            try
            {
                TraceFormat.Read(bytes, 100);
            }
            catch (FrameException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 10_000, 20_000);
    }
}
