using System.Text.Json;
using Ratchet.Cli.Tests.Support;
using Ratchet.Configuration;

namespace Ratchet.Cli.Tests.Settings;

/// <summary>What a settings file and the environment may say, and what a mistake in them is told as.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    private sealed class Options
    {
        public TimeSpan Wait { get; set; } = TimeSpan.FromMilliseconds(300);
        public TimeSpan[] Delays { get; set; } = [];
        public DayOfWeek Day { get; set; }
        public int? Most { get; set; }
        public bool Strict { get; set; }

        [SecretSetting]
        public int Pin { get; set; }
    }

    private LoadedSettings Load(string? yaml, params (string Name, string Value)[] environment)
    {
        string? file = yaml is null ? null : Path.Join(temp.Path, "ratchet.yaml");
        if (file is not null) File.WriteAllText(file, yaml);
        return new SettingsLoader(new KnownSettings().Add<Options>("Part")).Load(new Dictionary<string, string?>(), environment.ToDictionary(e => e.Name, e => e.Value), file);
    }

    [Theory]
    [InlineData("300ms", 300)]
    [InlineData("90s", 90_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("30", 30_000)]
    [InlineData("0.5", 500)]
    [InlineData("00:05:00", 300_000)]
    [InlineData("0", 0)]
    public void A_duration_is_written_as_everywhere_else(string text, int milliseconds)
    {
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Load(null, ("RATCHET__Part__Wait", text)).Get<Options>("Part").Wait);
        Assert.Equal([TimeSpan.FromMilliseconds(milliseconds)], Load($"Part:\n  Delays: [ \"{text}\" ]\n").Get<Options>("Part").Delays);
    }

    [Theory]
    [InlineData("Wait", "5x", "Part:Wait is '5x' (environment); it must be a duration such as \"500ms\", \"90s\", \"1h30m\" or \"2d\", or a number of seconds.")]
    [InlineData("Delays__0", "soon", "Part:Delays:0 is 'soon' (environment); it must be a duration such as")]
    [InlineData("Day", "Moonday", "Part:Day is 'Moonday' (environment); it must be one of sunday, monday,")]
    [InlineData("Day", "9", "Part:Day is '9' (environment); it must be one of sunday, monday,")]
    [InlineData("Most", "many", "Part:Most is 'many' (environment); it must be a whole number.")]
    [InlineData("Most", "99999999999", "Part:Most is '99999999999' (environment); it must be a whole number.")]
    [InlineData("Strict", "yes", "Part:Strict is 'yes' (environment); it must be true or false.")]
    [InlineData("Pin", "hunter2", "Part:Pin (environment); it must be a whole number.")]
    [InlineData("Wiat", "1", "Unknown setting 'Part:Wiat' (environment); the nearest known one is 'Part:Wait'.")]
    public void A_wrong_value_is_told_with_its_key_its_origin_and_what_it_must_be(string name, string value, string message) =>
        Assert.StartsWith(message, Assert.Throws<SettingsException>(() => Load(null, ($"RATCHET__Part__{name}", value))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_has_sections_lists_comments_and_nulls()
    {
        Options options = Load("# ours\nPart:\n  Wait: 2d\n  Delays:\n    - 1s\n    - 1m\n  Most: ~\n  Strict: true\n").Get<Options>("Part");
        Assert.Equal((TimeSpan.FromDays(2), 2, (int?)null, true), (options.Wait, options.Delays.Length, options.Most, options.Strict));
        Assert.Equal(TimeSpan.FromMilliseconds(300), Load("").Get<Options>("Part").Wait);
    }

    [Theory]
    [InlineData("Part: [", "cannot be read: line 2, column 1: ")]
    [InlineData("- a\n- b\n", "it is not a YAML mapping of sections to settings.")]
    [InlineData("just text", "it is not a YAML mapping of sections to settings.")]
    [InlineData("Part:\n  Wait: 1s\n  wait: 2s\n", "line 3: 'Part:wait' is there twice.")]
    [InlineData("Part:\n  Wait: 1s\n  Wait: 2s\n", "line 3, column ")]
    [InlineData("Part:\n  ? [a]\n  : b\n", "line 2: a key must be text.")]
    public void A_file_that_is_none_is_told_with_the_place(string yaml, string message) =>
        Assert.Contains(message, Assert.Throws<SettingsException>(() => Load(yaml)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("config", "show")]
    [InlineData("serve")]
    [InlineData("doctor")]
    public async Task A_file_that_is_not_there_is_one_line(params string[] command)
    {
        string file = Path.Join(temp.Path, "nope.yaml");
        (await RatchetProcess.RunAsync([.. command, "--config", file])).Fails(1, $"The configuration file '{file}' is not there.");
    }

    [Fact]
    public async Task Settings_are_shown_to_programs_too()
    {
        RatchetResult shown = await RatchetProcess.RunAsync(["config", "show", "-o", "json"], null, new Dictionary<string, string> { ["RATCHET__Node__DrainPatience"] = "20s" });
        JsonElement setting = JsonElement.Parse(shown.Output).EnumerateArray().Single(s => s.GetProperty("key").GetString() == "Node:DrainPatience");
        Assert.Equal(("20s", "environment"), (setting.GetProperty("value").GetString(), setting.GetProperty("origin").GetString()));
    }

    [Fact]
    public void Defaults_are_shown_as_they_would_be_written()
    {
        Dictionary<string, string> shown = Load(null).Explain().ToDictionary(line => line.Key, line => line.Value);
        Assert.Equal(("300ms", "false", "Sunday"), (shown["Part:Wait"], shown["Part:Strict"], shown["Part:Day"]));
    }
}
