using Ratchet.Storage.Tasks;

namespace Ratchet.Storage.Tests.Tasks;

public sealed class SemVerTests
{
    // The chain of precedence that Semantic Versioning 2.0.0 gives in section 11, with its neighbours.
    private static readonly string[] Ascending =
    [
        "latest", "0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",
        "1.0.0", "1.0.1", "1.9.0", "1.10.0", "2.0.0", "99999999999999999999.0.0",
    ];

    [Fact]
    public void Versions_are_ordered_as_the_specification_says()
    {
        for (int i = 0; i < Ascending.Length; i++)
        {
            for (int j = 0; j < Ascending.Length; j++) Assert.Equal(i.CompareTo(j), Math.Sign(SemVer.Order.Compare(Ascending[i], Ascending[j])));
        }
    }

    [Fact]
    public void Build_metadata_orders_only_what_is_equal_otherwise()
    {
        Assert.True(SemVer.Order.Compare("1.0.0+zzz", "1.0.1") < 0);
        Assert.True(SemVer.Order.Compare("1.0.0-rc.1+zzz", "1.0.0") < 0);
        Assert.NotEqual(0, SemVer.Order.Compare("1.0.0+a", "1.0.0+b"));
    }
}
