using System.Text;
using Ratchet.Jobs;
using Ratchet.Tests.Support;

namespace Ratchet.Grains.Tests.Jobs;

public class JobTransitionTests
{
    [Fact]
    public void Every_state_can_be_reached_and_every_live_state_can_be_left()
    {
        foreach (JobState state in JobStates.All)
        {
            Assert.Contains(JobTransition.All, t => t.To.Contains(state));
            if (!state.IsTerminal()) Assert.Contains(JobTransition.All, t => t.Allows(state));
        }
    }

    [Fact]
    public void An_end_is_left_by_redrive_alone()
    {
        foreach (JobState state in JobStates.All.Where(s => s.IsTerminal()))
        {
            Assert.All(JobTransition.All.Where(t => t.Allows(state)), t => Assert.Equal(JobTransition.Redrive, t));
        }

        Assert.DoesNotContain(JobTransition.All, t => t.Allows(JobState.Completed));
    }

    [Fact]
    public void An_illegal_transition_is_a_typed_error_that_names_the_state()
    {
        var error = Assert.Throws<IllegalTransitionException>(() => JobTransition.Cancel.Require(new JobId(Guid.AllBitsSet), JobState.Completed));
        Assert.Equal(JobState.Completed, error.State);
        Assert.Contains("COMPLETED", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_document_of_the_state_machine_is_drawn_from_the_table()
    {
        string path = Path.Combine(Repository.Root, "docs", "state-machine.md");
        string drawn = Draw();
        string written = File.Exists(path) ? File.ReadAllText(path) : "";
        if (Environment.GetEnvironmentVariable("RATCHET_UPDATE_DOCS") == "1") File.WriteAllText(path, drawn);
        else Assert.True(drawn == written, "docs/state-machine.md is not what the table says; run this test with RATCHET_UPDATE_DOCS=1 to draw it anew.");
    }

    private static string Draw()
    {
        var text = new StringBuilder();
        text.AppendLine("# A job's states").AppendLine();
        text.AppendLine("Drawn from `JobTransition` by a test. Nothing else moves a job; the stores refuse what is not in the table.").AppendLine();
        text.AppendLine("```mermaid").AppendLine("stateDiagram-v2");
        foreach (JobTransition t in JobTransition.All)
        {
            IEnumerable<string> origins = t.From.Count == 0 ? ["[*]"] : t.From.Select(s => s.Name());
            foreach (string from in origins) text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"  {from} --> {t.To[0].Name()}: {t.Name}");
        }

        text.AppendLine("```").AppendLine();
        text.AppendLine("| transition | from | to | why |").AppendLine("|---|---|---|---|");
        foreach (JobTransition t in JobTransition.All)
        {
            string from = t.From.Count == 0 ? "(new)" : string.Join(", ", t.From.Select(s => s.Name()));
            text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"| {t.Name} | {from} | {t.To[0].Name()} | {t.Reason} |");
        }

        return text.ToString();
    }
}
