using Ratchet.Hostile.Tests.Suite;

namespace Ratchet.Hostile.Tests;

/// <summary>The hostile suite: each script ends as it says, and nobody else notices.</summary>
public sealed class HostileTests(SuiteRun run) : IClassFixture<SuiteRun>
{
    private const int Fewest = 60;

    public static TheoryData<string> Scripts => [.. SuiteRun.Scripts.Select(script => script.Id)];

    [Theory, MemberData(nameof(Scripts))]
    public void A_script_ends_as_expected_and_its_neighbours_are_right(string script)
    {
        HostileResult result = run.Results.Single(result => result.Script.Id == script);
        Assert.True(result.Problems.Count == 0, $"{result.Script.Tries}\n{string.Join('\n', result.Problems)}");
        Assert.True(result.Neighbours > 0, "no innocent execution ended beside it");
    }

    [Fact]
    public void Nothing_is_left_when_all_have_run()
    {
        if (SuiteRun.Only.Length == 0) Assert.True(run.Results.Count >= Fewest, $"{run.Results.Count} scripts were found");
        Assert.True(run.After.Problems.Count == 0, string.Join('\n', run.After.Problems));
    }
}
