namespace Ratchet.Sandbox.Protocol;

/// <summary>First byte of a frame's body. Values are part of the protocol: change one and <see cref="FrameLimits.Version"/> changes too.</summary>
internal enum FrameType : byte
{
    // Parent to child.

    /// <summary>The task that later runs are of. Answered by <see cref="Loaded"/>.</summary>
    Load = 1,
    /// <summary>One execution. Answered by <see cref="Result"/> or <see cref="NotStarted"/>, perhaps after <see cref="Started"/> and <see cref="Pending"/>.</summary>
    Run = 2,
    /// <summary>End this run now, whatever it does.</summary>
    Interrupt = 3,
    /// <summary>The answer to a <see cref="FetchCall"/>.</summary>
    FetchReply = 4,
    /// <summary>Compile a schema into a numbered slot, in place of the slot's former one.</summary>
    Schema = 5,
    /// <summary>Hold inputs against the schema in a slot. Answered by <see cref="Validated"/>.</summary>
    Validate = 6,
    /// <summary>Send what has been logged so far. Answered by <see cref="Log"/>, where there is anything.</summary>
    CollectLog = 7,

    // Child to parent.

    /// <summary>The child is up; carries the protocol's version.</summary>
    Hello = 65,
    /// <summary>The task is loaded, or what is wrong with it.</summary>
    Loaded = 66,
    /// <summary>How a run ended.</summary>
    Result = 67,
    /// <summary>The run's script has returned a promise; the next run may start.</summary>
    Pending = 68,
    /// <summary>The interrupted run had not begun: nothing of it was executed.</summary>
    NotStarted = 69,
    /// <summary>A script calls <c>fetch</c>.</summary>
    FetchCall = 70,
    /// <summary>What is wrong with each input.</summary>
    Validated = 71,
    /// <summary>The script of a run that is to say so begins.</summary>
    Started = 72,
    /// <summary>A script gives up a <see cref="FetchCall"/>. Its <see cref="FetchReply"/> still follows.</summary>
    FetchAbort = 73,
    /// <summary>A part of the profile of a run that was to be profiled, before its <see cref="Result"/>.</summary>
    Profile = 74,
    /// <summary>What a run that has not ended has logged since the last time.</summary>
    Log = 75,
}
