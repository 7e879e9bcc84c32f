using System.Globalization;

namespace Optimove.Portal.Ui;

/// <summary>How figures read on every screen and in every export made for people: en-GB style whatever the server's culture,
/// a real minus sign, and a non-breaking space between a figure and its unit.</summary>
public static partial class Format
{
    private const string Space = "\u00A0";
    private const string Minus = "\u2212";

    private static readonly NumberFormatInfo Style = CultureInfo.InvariantCulture.NumberFormat;

    private static readonly Dictionary<string, string> Symbols = new(StringComparer.OrdinalIgnoreCase)
    {
        ["EUR"] = "€", ["GBP"] = "£", ["USD"] = "$", ["JPY"] = "¥", ["ILS"] = "₪", ["INR"] = "₹", ["KRW"] = "₩",
        ["TRY"] = "₺", ["UAH"] = "₴", ["VND"] = "₫", ["NGN"] = "₦", ["PHP"] = "₱", ["AUD"] = "A$", ["CAD"] = "C$",
        ["NZD"] = "NZ$", ["HKD"] = "HK$", ["SGD"] = "S$", ["MXN"] = "MX$", ["BRL"] = "R$", ["CNY"] = "CN¥",
    };

    /// <summary>52,310.</summary>
    public static string Number(long value) => Figure((decimal)value, 0);

    /// <summary>4.7 with the decimals asked for.</summary>
    public static string Number(double value, int decimals = 0) => Figure(value, decimals);

    /// <summary>+1.15, −0.18 and 0.00: the sign of what is shown, so a value that rounds to zero carries none.</summary>
    public static string Signed(double value, int decimals = 0) => WithPlus(Figure(value, decimals), value);

    /// <summary>"1 customer", "52,310 customers"; the plural only where an "s" does not make it.</summary>
    public static string Count(long value, string one, string? many = null) =>
        $"{Number(value)} {(value == 1 ? one : many ?? one + "s")}";

    /// <summary>A share of 1 as 11.5 %.</summary>
    public static string Percent(double share, int decimals = 1) => Figure(share * 100, decimals) + Space + "%";

    /// <summary>A share of 1 as 11.5 % or 10 %: trailing zeros left away, for planned shares and round bounds.</summary>
    public static string ShortPercent(double share, int decimals = 1)
    {
        var figure = Figure(share * 100, decimals);
        return (figure.Contains('.') ? figure.TrimEnd('0').TrimEnd('.') : figure) + Space + "%";
    }

    /// <summary>A difference of two shares of 1 as +1.15 pt.</summary>
    public static string Points(double difference, int decimals = 2) => Signed(difference * 100, decimals) + Space + "pt";

    /// <summary>€32,012, −€7,629, CHF 1,200: whole units unless decimals are asked for.</summary>
    public static string Money(double value, string currency, int decimals = 0) =>
        Priced(Figure(Math.Abs(value), decimals), value < 0, currency);

    /// <inheritdoc cref="Money(double, string, int)"/>
    public static string Money(decimal value, string currency, int decimals = 0) =>
        Priced(Figure(Math.Abs(value), decimals), value < 0, currency);

    /// <summary>+€1,200 or −€7,629.</summary>
    public static string SignedMoney(double value, string currency, int decimals = 0) =>
        WithPlus(Money(value, currency, decimals), value);

    /// <summary>€950, €10k, €2.5m: for axis ticks and other places where digits do not fit.</summary>
    public static string ShortMoney(double value, string currency) => Priced(Short(Math.Abs(value)), value < 0, currency);

    /// <summary>950, 10k, 2.5m: for axis ticks and other places where digits do not fit.</summary>
    public static string ShortNumber(double value)
    {
        var digits = Short(Math.Abs(value));
        return value < 0 && IsNotZero(digits) ? Minus + digits : digits;
    }

    /// <summary>The sign of an ISO 4217 code, or the code itself and a space where it has no sign of its own.</summary>
    public static string CurrencySymbol(string currency) =>
        Symbols.TryGetValue(currency, out var symbol) ? symbol : currency.ToUpperInvariant() + Space;

    /// <summary>p = 0.002, p &lt; 0.001: the text after "p".</summary>
    public static string Probability(double p) => p switch
    {
        < 0.001 => "<" + Space + "0.001",
        < 0.1 => "=" + Space + Figure(p, 3),
        _ => "=" + Space + Figure(p, 2),
    };

    /// <summary>12.4 MB, in steps of 1,000.</summary>
    public static string Bytes(long value)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB", "PB"];
        var scaled = (double)Math.Abs(value);
        var unit = 0;
        while (unit < units.Length - 1 && scaled >= (unit == 0 ? 1000 : 999.95))
        {
            scaled /= 1000;
            unit++;
        }
        return (value < 0 ? Minus : "") + Figure(scaled, unit == 0 ? 0 : 1) + Space + units[unit];
    }

    private static string Figure(double value, int decimals)
    {
        if (!double.IsFinite(value))
            return "\u2013";
        var digits = Math.Abs(value).ToString("N" + decimals, Style);
        return value < 0 && IsNotZero(digits) ? Minus + digits : digits;
    }

    private static string Figure(decimal value, int decimals)
    {
        var digits = Math.Abs(value).ToString("N" + decimals, Style);
        return value < 0 && IsNotZero(digits) ? Minus + digits : digits;
    }

    private static string Short(double value) => value switch
    {
        >= 999_950_000 => Trimmed(value / 1_000_000_000) + "bn",
        >= 999_950 => Trimmed(value / 1_000_000) + "m",
        >= 10_000 => Trimmed(value / 1000) + "k",
        _ => value.ToString("#,0.##", Style),
    };

    private static string Trimmed(double value) => value.ToString("#,0.#", Style);

    private static string Priced(string digits, bool negative, string currency) =>
        (negative && IsNotZero(digits) ? Minus : "") + CurrencySymbol(currency) + digits;

    private static string WithPlus(string text, double value) => value > 0 && IsNotZero(text) ? "+" + text : text;

    private static bool IsNotZero(string digits) => digits.AsSpan().IndexOfAnyInRange('1', '9') >= 0;
}
