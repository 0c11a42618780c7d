using Ratchet.Bench.Databases;
using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Engine;

internal static class EngineFigures
{
    public const string System = "Ratchet";

    public static Figure Of(EnginePlan plan) => new()
    {
        System = System,
        Scenario = plan.Scenario,
        Setting = plan.Setting,
        Store = BenchDatabase.TitleOf(plan.Provider),
    };
}
