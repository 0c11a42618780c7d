using System.Globalization;
using Microsoft.ClearScript.V8;
using Ratchet.Sandbox;
using Ratchet.Sandbox.Channel;
using Ratchet.Sandbox.Execution;
using Ratchet.Sandbox.Process;
using Ratchet.Sandbox.Protocol;
using Ratchet.Sandbox.Schemas;

// The sandbox process. Frames come by standard input and go by standard output; what is written to standard error is evidence of a crash. It is started by
// a node and by nothing else; when its standard input closes it ends.
string? user = After(WallReport.UserSwitch), inspect = After(WallReport.InspectSwitch);
try
{
    if (inspect is null) ProcessLimits.Apply(user);
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

string? After(string name) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : null;

void Execute()
{
    try
    {
        V8Extras.Require();
        var queue = new WorkQueue();
        var outbox = new Outbox(output);
        var logs = new RunLogs(outbox);
        var interrupts = new Interrupts();
        var replies = new SyncReplies();
        var executor = new Executor(queue, outbox, logs, interrupts, replies, new SchemaEngine());
        WarmUp.Go(executor, outbox);
        executor.InspectPort = inspect is null ? null : int.Parse(inspect, CultureInfo.InvariantCulture);
        outbox.Start();
        new Inbox(input, queue, logs, interrupts, replies).Start();
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
