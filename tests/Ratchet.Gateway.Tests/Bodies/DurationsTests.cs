using Ratchet.Gateway.Bodies;

namespace Ratchet.Gateway.Tests.Bodies;

public class DurationsTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("90s", 90_000)]
    [InlineData("5m", 300_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("2d", 172_800_000)]
    [InlineData("1d2h3m4s5ms", 93_784_005)]
    [InlineData("0s", 0)]
    [InlineData("36500d", 3_153_600_000_000)]
    public void Units_are_added_up(string text, long milliseconds)
    {
        Assert.True(Durations.TryParse(text, out TimeSpan read));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("1.5h")]
    [InlineData("1h ")]
    [InlineData("1 h")]
    [InlineData("30m1h")]
    [InlineData("1h1h")]
    [InlineData("1H")]
    [InlineData("1w")]
    [InlineData("PT1H")]
    [InlineData("36501d")]
    [InlineData("99999999999999999999999999999999s")]
    [InlineData("٣s")]
    public void Anything_else_is_none(string text) => Assert.False(Durations.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(500, "500ms")]
    [InlineData(60_000, "1m")]
    [InlineData(93_784_005, "1d2h3m4s5ms")]
    public void What_is_written_can_be_read(long milliseconds, string text)
    {
        Assert.Equal(text, Durations.Format(TimeSpan.FromMilliseconds(milliseconds)));
        Assert.True(Durations.TryParse(text, out TimeSpan read));
        Assert.Equal(milliseconds, read.TotalMilliseconds);
    }
}
