using Ratchet.Grains.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Tests.Webhooks;

public sealed class SecretSealTests
{
    private static readonly WebhookKey One = new("default", "one");
    private readonly string first = Convert.ToBase64String(new byte[32]);
    private readonly string second = Convert.ToBase64String([.. Enumerable.Repeat((byte)7, 32)]);

    [Fact]
    public void A_sealed_secret_is_opened_by_its_key_for_its_webhook_alone()
    {
        string stored = new SecretSeal([first]).Seal(One, "whsec_text");
        Assert.StartsWith("gcm:", stored, StringComparison.Ordinal);
        Assert.NotEqual(stored, new SecretSeal([first]).Seal(One, "whsec_text"));
        Assert.Equal("whsec_text", new SecretSeal([second, first]).Open(One, stored));
        Assert.Throws<RatchetException>(() => new SecretSeal([second]).Open(One, stored));
        Assert.Throws<RatchetException>(() => new SecretSeal([]).Open(One, stored));
        Assert.Throws<RatchetException>(() => new SecretSeal([first]).Open(new WebhookKey("default", "two"), stored));
    }

    [Fact]
    public void Without_a_key_it_is_stored_as_it_is_and_stays_readable_when_one_comes()
    {
        Assert.Equal("whsec_text", new SecretSeal([]).Seal(One, "whsec_text"));
        Assert.Equal("whsec_text", new SecretSeal([first]).Open(One, "whsec_text"));
        Assert.Throws<RatchetException>(() => new SecretSeal(["AAAA"]));
    }
}
