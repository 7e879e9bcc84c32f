using Npgsql;
using Optimove.Portal.Statistics;

namespace Optimove.Portal.Analysis.Figures;

/// <summary>Puts the rows of measure-occurrence.sql together.</summary>
internal sealed class MeasurementSums(int days)
{
    private readonly GroupTotals[][] _gained = [new GroupTotals[days], new GroupTotals[days]];
    private readonly long[] _customers = new long[2], _known = new long[2];
    private readonly GroupTotals[] _capped = new GroupTotals[2];
    private double? _cap, _top;

    public void Add(NpgsqlDataReader row)
    {
        var group = row.IsDBNull(1) || row.GetBoolean(1) ? 0 : 1;
        switch (row.GetString(0))
        {
            case "group":
                (_customers[group], _known[group]) = (row.GetInt64(3), row.GetInt64(4));
                break;
            case "day":
                _gained[group][row.GetInt32(2)] = new(0, row.GetInt64(4), row.GetDouble(5), row.GetDouble(6));
                break;
            case "capped":
                _capped[group] = new(0, 0, row.GetDouble(5), row.GetDouble(6));
                break;
            default:
                (_cap, _top) = (row.IsDBNull(5) ? null : row.GetDouble(5), row.IsDBNull(6) ? null : row.GetDouble(6));
                break;
        }
    }

    public Measurement ToMeasurement()
    {
        var (test, control) = (new GroupTotals(_customers[0], 0, 0, 0), new GroupTotals(_customers[1], 0, 0, 0));
        var course = new List<DayTotals> { new(0, test, control) };
        for (var day = 0; day < days; day++)
        {
            (test, control) = (test + _gained[0][day], control + _gained[1][day]);
            course.Add(new(day + 1, test, control));
        }
        var cap = _cap > 0 ? _cap : null;
        return new(test, control, _known[0], _known[1], course, cap, Capped(0, test, cap), Capped(1, control, cap), Math.Max(0, _top ?? 0));
    }

    private GroupTotals Capped(int group, GroupTotals whole, double? cap) =>
        cap is null ? whole : whole with { Sum = _capped[group].Sum, SumOfSquares = _capped[group].SumOfSquares };
}
