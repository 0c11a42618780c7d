using Microsoft.ClearScript.V8;
using Ratchet.Sandbox;
using Ratchet.Sandbox.Channel;
using Ratchet.Sandbox.Execution;
using Ratchet.Sandbox.Process;
using Ratchet.Sandbox.Protocol;
using Ratchet.Sandbox.Schemas;

// The sandbox process. Frames come by standard input and go by standard output; what is written to standard error is evidence of a crash. It is started by
// a node and by nothing else; when its standard input closes it ends.
int user = Array.IndexOf(args, WallReport.UserSwitch);
try
{
    ProcessLimits.Apply(user >= 0 ? args[user + 1] : null);
}
catch (InvalidOperationException e)
{
    Defect.End(e);
}
if (args.Contains(WallReport.Switch))
{
    Console.Out.Write(WallView.Take().Text);
    return ExitCodes.Closed;
}
V8Settings.DefaultStackSize = IsolateLimits.StackKiB;

Stream input = Console.OpenStandardInput();
Stream output = Console.OpenStandardOutput();
// A library that prints must not break the protocol.
Console.SetOut(TextWriter.Null);

var thread = new Thread(Execute, IsolateLimits.ThreadStackBytes) { Name = "execution" };
thread.Start();
thread.Join();
return ExitCodes.Defect;

void Execute()
{
    try
    {
        var queue = new WorkQueue();
        var outbox = new Outbox(output);
        var interrupts = new Interrupts();
        var replies = new SyncReplies();
        var executor = new Executor(queue, outbox, interrupts, replies, new SchemaEngine());
        WarmUp.Go(executor, outbox);
        outbox.Start();
        new Inbox(input, queue, interrupts, replies).Start();
        outbox.Send(FrameLimits.Version, static (to, version) =>
        {
            to.Begin(FrameType.Hello);
            to.Int32(version);
            to.End();
        });
        executor.Loop();
    }
    catch (Exception e)
    {
        Defect.End(e);
    }
}
