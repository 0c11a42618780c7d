namespace Ratchet.Webhooks;

/// <summary>A secret on its way between gateway and grain. Orleans writes the arguments of a call that times out into messages and logs: this one shows nothing there.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.webhook-secret")]
public sealed record SecretText([property: Id(0)] string Value)
{
    public override string ToString() => "[secret]";
}
