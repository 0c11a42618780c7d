using System.Diagnostics;
using Ratchet.Execution.Sandboxes;
using Ratchet.Execution.Sandboxes.Walls;

namespace Ratchet.Execution.Tests.Sandboxes.Walls;

/// <summary>Which level is in force, with stand-ins for the tools that build them: no machine has all outcomes.</summary>
public sealed class WallChoiceTests
{
    private static readonly SandboxProgram Program = new("/bin/true", "/bin/true");

    private sealed class Stand(IsolationLevel level, string? missing = null, string trial = "/bin/true", string? unreadable = null) : IWallBuilder
    {
        public List<SandboxUser?> Tried { get; } = [];
        public IsolationLevel Level => level;
        public string? Missing() => missing;
        public string? Unreadable(SandboxProgram program) => unreadable;

        public void Begin(ProcessStartInfo start, SandboxProgram program, SandboxUser? user) => start.FileName = program.Host;

        public void BeginTrial(ProcessStartInfo start, SandboxProgram program, SandboxUser? user)
        {
            Tried.Add(user);
            start.FileName = "/bin/sh";
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(trial);
        }
    }

    private static SandboxWalls Choose(IsolationWish wish, string? user, params Stand[] stands) => new WallChoice(stands).Choose(Program, wish, user);

    [Fact]
    public void Auto_takes_the_strongest_that_works()
    {
        SandboxWalls walls = Choose(IsolationWish.Auto, null, new Stand(IsolationLevel.Bubblewrap), new Stand(IsolationLevel.Unshare), new Stand(IsolationLevel.None));
        Assert.Equal((IsolationLevel.Bubblewrap, "bubblewrap"), (walls.Level, walls.Name));
        Assert.Empty(walls.Refused);
    }

    [Fact]
    public void Auto_goes_on_to_the_next_and_keeps_why()
    {
        SandboxWalls walls = Choose(
            IsolationWish.Auto, null, new Stand(IsolationLevel.Bubblewrap, missing: "bwrap is not installed."),
            new Stand(IsolationLevel.Unshare, trial: "echo 'Operation not permitted.' >&2; echo 'and more' >&2; exit 3"), new Stand(IsolationLevel.None));
        Assert.Equal(IsolationLevel.None, walls.Level);
        Assert.Equal(
            [new WallRefusal(IsolationLevel.Bubblewrap, "bwrap is not installed."), new WallRefusal(IsolationLevel.Unshare, "unshare does not work here: exit code 3, Operation not permitted.")], walls.Refused);
    }

    [Theory]
    [InlineData(IsolationWish.Bubblewrap, "Sandbox:Isolation asks for bubblewrap, which is not to be had: bwrap is not installed.")]
    [InlineData(IsolationWish.Unshare, "Sandbox:Isolation asks for unshare, which is not to be had: unshare does not work here: exit code 1, it says nothing.")]
    public void A_level_that_is_asked_for_and_cannot_be_had_is_an_error(IsolationWish wish, string message)
    {
        RatchetException e = Assert.Throws<RatchetException>(() => Choose(
            wish, null, new Stand(IsolationLevel.Bubblewrap, missing: "bwrap is not installed."), new Stand(IsolationLevel.Unshare, trial: "exit 1"), new Stand(IsolationLevel.None)));
        Assert.Equal(message, e.Message);
    }

    [Fact]
    public void None_is_none_also_where_more_could_be_had()
    {
        Stand strong = new(IsolationLevel.Bubblewrap);
        Assert.Equal(IsolationLevel.None, Choose(IsolationWish.None, null, strong, new Stand(IsolationLevel.None)).Level);
        Assert.Empty(strong.Tried);
    }

    [Theory]
    [InlineData("root")]
    [InlineData("0")]
    [InlineData("1:0")]
    [InlineData("1:2:3")]
    [InlineData("-5")]
    public void A_user_that_is_none_is_an_error(string user) =>
        Assert.StartsWith($"Sandbox option User is '{user}'", Assert.Throws<RatchetException>(() => Choose(IsolationWish.Auto, user, new Stand(IsolationLevel.None))).Message, StringComparison.Ordinal);

    [Fact]
    public void Who_is_root_runs_its_sandboxes_as_nobody_where_nobody_can_read_them()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can become somebody else");
        Stand stand = new(IsolationLevel.Unshare);
        Assert.Equal(SandboxUser.Nobody, Choose(IsolationWish.Auto, null, stand).User);
        Assert.Equal([SandboxUser.Nobody], stand.Tried);
        Assert.Equal(new SandboxUser(7, 8), Choose(IsolationWish.Auto, "7:8", new Stand(IsolationLevel.None)).User);

        SandboxWalls hidden = Choose(IsolationWish.Auto, null, new Stand(IsolationLevel.Unshare, unreadable: "/root cannot be entered."));
        Assert.Equal((IsolationLevel.Unshare, null, "/root cannot be entered."), (hidden.Level, hidden.User, hidden.UserRefused));
        RatchetException e = Assert.Throws<RatchetException>(() => Choose(IsolationWish.Auto, "7", new Stand(IsolationLevel.Unshare, unreadable: "/root cannot be entered.")));
        Assert.Equal("Sandbox:User asks for user 7:7, which is not to be had: As user 7:7: /root cannot be entered.", e.Message);
    }

    [Fact]
    public void A_user_is_an_error_for_who_is_not_root()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "this is root");
        Assert.Contains("only a node that is started as root", Assert.Throws<RatchetException>(() => Choose(IsolationWish.Auto, "7:8", new Stand(IsolationLevel.None))).Message, StringComparison.Ordinal);
    }
}
