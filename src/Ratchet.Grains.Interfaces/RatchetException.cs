namespace Ratchet;

/// <summary>An error whose message is written for the user: one clear sentence, and what to do. Anything else is a defect.</summary>
[GenerateSerializer, Alias("ratchet.exception")]
public class RatchetException : Exception
{
    public RatchetException(string message) : base(message) { }
    public RatchetException(string message, Exception inner) : base(message, inner) { }
}
