using System.Text;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Schedules;
using Ratchet.Submissions;

namespace Ratchet.Gateway.Tests.Schedules;

/// <summary>PUT and PATCH of /schedules/{id}.</summary>
public sealed class ScheduleChangeTests : IClassFixture<GatewayStandIn>
{
    private const string Input = """{"n":1.0,"keep":"\u00e9"}""";

    private readonly GatewayStandIn gateway;
    private ScheduleDefinition stored = new()
    {
        Id = "s", Cron = "30 2 * * *", TimeZone = "Europe/Berlin", Overlap = OverlapPolicy.Allow, Misfire = MisfirePolicy.CatchUp, CatchUp = 7, Enabled = false,
        Job = new Submission { Task = "t", Queue = "q", MaxAttempts = 4, Input = Encoding.UTF8.GetBytes(Input) },
    };

    private long revision = 7;

    public ScheduleChangeTests(GatewayStandIn gateway)
    {
        this.gateway = gateway;
        gateway.Grains.Clear();
        gateway.Grains.On("IScheduleDirectoryGrain.GetAsync", _ => View());
        gateway.Grains.On("IScheduleGrain.ReviseAsync", args =>
        {
            if ((long)args[1]! != revision) return null;
            stored = (ScheduleDefinition)args[0]!;
            revision++;
            return View();
        });
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_nothing_else()
    {
        ScheduleDefinition before = stored;
        Answer answer = await gateway.PatchAsync("schedules/s", """{"jitter":"5s","job":{"queue":"other","maxAttempts":null}}""");
        Assert.Equal((200, "\"8\""), (answer.Status, answer.Headers.ETag!.ToString()));
        Assert.Equal(before with { Jitter = TimeSpan.FromSeconds(5), Job = stored.Job }, stored);
        Assert.Equal(("t", "other", null, Input), (stored.Job.Task, stored.Job.Queue, stored.Job.MaxAttempts, Encoding.UTF8.GetString(stored.Job.Input)));
    }

    [Fact]
    public async Task A_patch_merges_inputs_and_takes_away_what_is_null()
    {
        await gateway.PatchAsync("schedules/s", """{"job":{"input":{"keep":null,"new":[1,null]}}}""", "application/json");
        Assert.Equal("""{"n":1.0,"new":[1,null]}""", Encoding.UTF8.GetString(stored.Job.Input));
    }

    [Fact]
    public async Task Another_timing_takes_the_old_ones_place_when_that_is_null()
    {
        (await gateway.PatchAsync("schedules/s", """{"cron":7}""")).Is(422, "invalid-field", "/cron");
        await gateway.PatchAsync("schedules/s", """{"cron":null,"timeZone":null,"every":"5m","misfire":"skip"}""");
        Assert.Equal((null, "UTC", TimeSpan.FromMinutes(5), MisfirePolicy.Skip), (stored.Cron, stored.TimeZone, stored.Every, stored.Misfire));
    }

    [Theory]
    [InlineData("[]", 400, "malformed")]
    [InlineData("{\"a\":1,\"a\":2}", 400, "malformed")]
    [InlineData("""{"colour":"red"}""", 422, "invalid-field")]
    [InlineData("""{"id":"other"}""", 422, "invalid-field")]
    [InlineData("""{"job":null}""", 422, "invalid-field")]
    public async Task A_patch_that_makes_no_sense_is_refused(string body, int status, string code) => (await gateway.PatchAsync("schedules/s", body)).Is(status, code);

    [Fact]
    public async Task A_patch_is_JSON()
    {
        Answer answer = await gateway.PatchAsync("schedules/s", "{}", "text/plain");
        answer.Is(415, "media-type");
        Assert.Equal("application/merge-patch+json", answer.Headers.GetValues("Accept-Patch").Single());
    }

    [Fact]
    public async Task A_put_replaces_everything_but_whether_it_is_enabled()
    {
        await gateway.PutAsync("schedules/s", """{"every":"1m","job":{"task":"u","input":{}}}""");
        Assert.Equal((null, OverlapPolicy.Skip, MisfirePolicy.RunOnce, false), (stored.Cron, stored.Overlap, stored.Misfire, stored.Enabled));
        await gateway.PutAsync("schedules/s", """{"every":"1m","enabled":true,"job":{"task":"u","input":{}}}""");
        Assert.True(stored.Enabled);
    }

    [Fact]
    public async Task A_change_of_another_definition_than_the_one_that_was_read_is_412()
    {
        const string Body = """{"every":"1m","job":{"task":"u","input":{}}}""";
        (await gateway.PutAsync("schedules/s", Body, "\"6\"")).Is(412, "precondition-failed");
        (await gateway.PutAsync("schedules/s", Body, "W/\"7\"")).Is(412, "precondition-failed");
        (await gateway.PutAsync("schedules/s", Body, "7")).Is(400, "malformed");
        Assert.Equal(200, (await gateway.PutAsync("schedules/s", Body, "\"6\", \"7\"")).Status);
        Assert.Equal(200, (await gateway.PutAsync("schedules/s", Body, "*")).Status);
    }

    [Fact]
    public async Task It_is_enabled_as_the_client_knows_it()
    {
        (await gateway.SendAsync("POST", "schedules/s/enable", null, "If-Match", "\"6\"")).Is(412, "precondition-failed");
        Assert.False(stored.Enabled);
        Assert.Equal(200, (await gateway.SendAsync("POST", "schedules/s/enable", null, "If-Match", "\"7\"")).Status);
        Assert.True(stored.Enabled);
    }

    [Fact]
    public async Task What_others_changed_meanwhile_is_worked_in()
    {
        int asked = 0;
        gateway.Grains.On("IScheduleDirectoryGrain.GetAsync", _ =>
        {
            ScheduleView view = View();
            if (asked++ == 0) revision++;
            return view;
        });
        Assert.Equal(200, (await gateway.PatchAsync("schedules/s", """{"jitter":"5s"}""")).Status);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_number_of_instants_to_catch_up_needs_its_policy() =>
        (await gateway.PutAsync("schedules/s", """{"every":"1m","catchUp":5,"job":{"task":"u","input":{}}}""")).Is(422, "invalid-field", "/catchUp");

    private ScheduleView View() => new() { Tenant = "default", Definition = stored, Revision = revision, CreatedAt = GatewayStandIn.Now, UpdatedAt = GatewayStandIn.Now };
}
