using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Analysis.Figures;

/// <summary>How values of a KPI are written: money in the client's currency, or purchases.</summary>
public sealed record Unit(Kpi Kpi, string Currency)
{
    private bool IsMoney => Kpi == Kpi.Revenue;

    /// <summary>"value" or "purchases", for titles.</summary>
    public string Noun => IsMoney ? "value" : "purchases";

    /// <summary>Totals: €32,012; 1,204 purchases.</summary>
    public string Total(double value) => IsMoney ? Format.Money(value, Currency) : Math.Abs(value) is > 0.5 and < 1.5 ? $"{Format.Number(value)} purchase" : $"{Format.Number(value)} purchases";

    /// <summary>Totals where the unit is written beside them: €32,012; 1,204.</summary>
    public string Bare(double value) => IsMoney ? Format.Money(value, Currency) : Format.Number(value);

    /// <summary>Axis ticks: €10k; 1.2k.</summary>
    public string Tick(double value) => IsMoney ? Format.ShortMoney(value, Currency) : Format.ShortNumber(value);

    /// <summary>Per customer: €4.43; 0.112.</summary>
    public string Each(double value) => IsMoney ? Format.Money(value, Currency, 2) : Format.Number(value, 3);

    /// <summary>Per customer with the digits that a sum takes: €4.4306; 0.11204.</summary>
    public string Exact(double value) => IsMoney ? Format.Money(value, Currency, 4) : Format.Number(value, 5);
}
