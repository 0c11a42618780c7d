using System.Globalization;
using System.Text;
using Ratchet.Sandbox.Execution;
using Ratchet.Sandbox.Process;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Channel;

/// <summary>The reader thread: decodes frames, so that the execution thread finds strings. The end of the stream ends the process, whatever runs.</summary>
internal sealed class Inbox(Stream input, WorkQueue queue, RunLogs logs, Interrupts interrupts, SyncReplies replies)
{
    private static readonly string NoJob = new(' ', 36);
    private readonly FrameStream frames = new(input, FrameLimits.ToChildBytes);
    private readonly List<Work> batch = [];

    public void Start() => new Thread(Read) { IsBackground = true, Name = "reader" }.Start();

    private void Read()
    {
        try
        {
            while (frames.Fill())
            {
                while (frames.TryNext(out ReadOnlySpan<byte> body)) Decode(body);
                if (batch.Count == 0) continue;
                queue.Add(batch);
                batch.Clear();
            }
            ProcessLimits.Exit(ExitCodes.Closed);
        }
        catch (Exception e)
        {
            Defect.End(e);
        }
    }

    private void Decode(ReadOnlySpan<byte> body)
    {
        var from = new FrameReader(body);
        switch (from.Type())
        {
            case FrameType.Run:
                batch.Add(Run(ref from));
                break;
            case FrameType.Load:
                batch.Add(new LoadWork(LoadFrame.Read(ref from)));
                break;
            case FrameType.Interrupt:
                long sequence = from.Int64();
                from.End();
                if (interrupts.Request(sequence)) replies.Wake();
                else batch.Add(new CancelWork(sequence));
                break;
            case FrameType.FetchReply:
                FetchReplyFrame reply = FetchReplyFrame.Read(ref from);
                if (!replies.TryAnswer(reply)) batch.Add(new ReplyWork(reply));
                break;
            case FrameType.CollectLog:
                long said = from.Int64();
                from.End();
                logs.Collect(said);
                break;
            case FrameType.Schema:
                batch.Add(new SchemaWork(from.Count(FrameLimits.SchemaSlots - 1), from.Text()));
                from.End();
                break;
            case FrameType.Validate:
                batch.Add(Validate(ref from));
                break;
            default:
                throw new FrameException($"a frame of type {body[0]} is not for a sandbox");
        }
    }

    private static RunWork Run(ref FrameReader from)
    {
        long sequence = from.Int64();
        Guid execution = from.Guid(), job = from.Guid();
        int attempt = from.Int32();
        bool validateInput = from.Flag(), announce = from.Flag(), profile = from.Flag();
        TraceWanted trace = from.Byte() switch
        {
            <= (byte)TraceWanted.Always and var wanted => (TraceWanted)wanted,
            byte other => throw new FrameException($"a trace is wanted in no way {other}"),
        };
        TraceFrame? replay = from.Flag() ? TraceFrame.ReadFrom(ref from) : null;
        string input = Encoding.UTF8.GetString(from.Bytes());
        from.End();
        string ids = string.Create(CultureInfo.InvariantCulture, $"{execution:D}{(job == default ? NoJob : job.ToString("D"))}{attempt}");
        return new RunWork(sequence, ids, validateInput, announce, input, trace, replay) { Profile = profile };
    }

    private static ValidateWork Validate(ref FrameReader from)
    {
        long sequence = from.Int64();
        int slot = from.Count(FrameLimits.SchemaSlots - 1);
        var inputs = new string[from.Count(FrameLimits.ValidateInputs)];
        for (int i = 0; i < inputs.Length; i++) inputs[i] = from.Text();
        from.End();
        return new ValidateWork(sequence, slot, inputs);
    }
}
