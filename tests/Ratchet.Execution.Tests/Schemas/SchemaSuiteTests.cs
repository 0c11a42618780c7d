using System.Text.Json;

namespace Ratchet.Execution.Tests.Schemas;

/// <summary>
/// The whole JSON-Schema-Test-Suite, mandatory and optional, in every draft that Ratchet reads. The cases that go otherwise are listed with their reasons in
/// expected-failures.json: one that is not listed fails the test, and so does a listed one that passes.
/// </summary>
public sealed class SchemaSuiteTests
{
    private static readonly Dictionary<string, string> Dialects = new()
    {
        ["draft4"] = "http://json-schema.org/draft-04/schema",
        ["draft6"] = "http://json-schema.org/draft-06/schema",
        ["draft7"] = "http://json-schema.org/draft-07/schema",
        ["draft2019-09"] = "https://json-schema.org/draft/2019-09/schema",
        ["draft2020-12"] = "https://json-schema.org/draft/2020-12/schema",
    };

    public static TheoryData<string> Drafts => [.. Dialects.Keys];

    [Theory, MemberData(nameof(Drafts))]
    public void A_draft_goes_as_expected(string draft)
    {
        string? root = TestData.Find("json-schema-test-suite", "JSON_SCHEMA_TEST_SUITE");
        Assert.SkipWhen(root is null, "The JSON-Schema-Test-Suite is not here: set JSON_SCHEMA_TEST_SUITE to its folder.");
        using var runner = new SuiteRunner(root!);
        List<SuiteFailure> failures = runner.Run(draft, Dialects[draft], Dialects);
        Assert.True(runner.Cases > 1_000, $"Only {runner.Cases} cases of {draft} were found in {root}.");
        HashSet<SuiteFailure> expected = [.. Expected().Where(failure => failure.Draft == draft)];
        Assert.Empty(failures.Except(expected));
        Assert.Empty(expected.Except(failures));
        Assert.Empty(runner.WronglyAccepted);
        if (draft is not ("draft4" or "draft6")) Assert.True(runner.ShapeCases > 100, $"Only {runner.ShapeCases} cases were held against shapes.");
    }

    private static IEnumerable<SuiteFailure> Expected()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Schemas", "expected-failures.json")));
        foreach (JsonElement entry in document.RootElement.EnumerateArray())
        {
            string Text(string name) => entry.GetProperty(name).GetString()!;
            string[] settings = Text("setting") == SuiteRunner.ProductSetting ? [SuiteRunner.ProductSetting] : [SuiteRunner.SuiteSetting, SuiteRunner.ProductSetting];
            foreach (JsonElement failed in entry.GetProperty("cases").EnumerateArray())
            {
                foreach (string setting in settings)
                    yield return new SuiteFailure(Text("draft"), Text("file"), setting, failed.GetProperty("group").GetString()!, failed.GetProperty("test").GetString()!);
            }
        }
    }
}
