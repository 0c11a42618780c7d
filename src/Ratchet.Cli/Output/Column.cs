namespace Ratchet.Cli.Output;

/// <summary>A column of a table, and how it gives way on a narrow terminal.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Rank">1 is the last to go. Where columns do not fit beside each other, those of the highest rank are left out.</param>
/// <param name="Fit">What may be done to its values before that.</param>
internal sealed record Column(string Title, int Rank, Fit Fit = Fit.Whole);

/// <summary>What a value allows when there is not enough room for it.</summary>
internal enum Fit
{
    /// <summary>Nothing: an id, a state, a number or a time that is cut or folded is worse than none.</summary>
    Whole,

    /// <summary>It loses its end, and has an ellipsis there: a name.</summary>
    Cut,

    /// <summary>It goes on below itself: free text.</summary>
    Wrap,
}
