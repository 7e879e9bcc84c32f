using System.Globalization;
using System.Text;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Bench;

/// <summary>Generated customers.csv files: 30 attributes (7 integers, 5 dates, 3 booleans, 5 decimals, 10 texts), 10 % empty, one text quoted in 2 % of rows.</summary>
public static class CustomerFile
{
    private static readonly string[] Words = ["north", "south", "gold", "silver", "basic", "retail", "online", "mobile", "autumn", "spring", "weekly", "family"];

    public static IReadOnlyList<AttributeColumn> Attributes { get; } =
    [
        .. Enumerable.Range(1, 7).Select(i => new AttributeColumn($"int_{i}", $"Int {i}", AttributeType.Integer)),
        .. Enumerable.Range(1, 5).Select(i => new AttributeColumn($"date_{i}", $"Date {i}", AttributeType.Date)),
        .. Enumerable.Range(1, 3).Select(i => new AttributeColumn($"bool_{i}", $"Bool {i}", AttributeType.Boolean)),
        .. Enumerable.Range(1, 5).Select(i => new AttributeColumn($"amount_{i}", $"Amount {i}", AttributeType.Decimal)),
        .. Enumerable.Range(1, 10).Select(i => new AttributeColumn($"text_{i}", $"Text {i}", AttributeType.Text, 60)),
    ];

    /// <summary>What was made wrong in a dirty file.</summary>
    public sealed record Dirt(int BadDates, int MissingIds, int RepeatedIds)
    {
        public int Rows => BadDates + MissingIds + RepeatedIds;
    }

    /// <param name="dirtyShare">About this share of the rows gets a bad date, no id or the id of the row before.</param>
    public static Dirt Write(string path, int rows, double dirtyShare)
    {
        var random = new Random(20260331);
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        file.NewLine = "\n";
        file.WriteLine("customer_id," + string.Join(",", Attributes.Select(a => a.Field)));
        int badDates = 0, missing = 0, repeated = 0;
        var line = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            var fault = row > 0 && random.NextDouble() < dirtyShare ? random.Next(1, 4) : 0;
            badDates += fault == 1 ? 1 : 0;
            missing += fault == 2 ? 1 : 0;
            repeated += fault == 3 ? 1 : 0;
            // Row 0 is never dirty, so that there is always an id to repeat.
            line.Clear().Append(fault switch { 2 => "", 3 => Id(0), _ => Id(row) });
            foreach (var attribute in Attributes)
            {
                line.Append(',');
                if (fault == 1 && attribute.Field == "date_1")
                    line.Append("31/12/2025");
                else if (random.Next(10) != 0)
                    AppendValue(line, attribute, random);
            }
            file.Write(line.Append('\n'));
        }
        return new(badDates, missing, repeated);
    }

    private static string Id(int row) => "C" + (row * 7919L % 100_000_007).ToString("D9", CultureInfo.InvariantCulture);

    private static void AppendValue(StringBuilder line, AttributeColumn attribute, Random random)
    {
        var invariant = CultureInfo.InvariantCulture;
        switch (attribute.Type)
        {
            case AttributeType.Integer:
                line.Append(invariant, $"{random.Next(attribute.Field == "int_1" ? 1_000_000 : 100)}");
                break;
            case AttributeType.Date:
                line.Append(invariant, $"{new DateOnly(2020, 1, 1).AddDays(random.Next(2200)):yyyy-MM-dd}");
                break;
            case AttributeType.Boolean:
                line.Append(random.Next(2) == 0 ? "true" : "false");
                break;
            case AttributeType.Decimal:
                line.Append(invariant, $"{random.Next(1_000_000) / 100m:F2}");
                break;
            default:
                AppendText(line, attribute, random);
                break;
        }
    }

    private static void AppendText(StringBuilder line, AttributeColumn attribute, Random random)
    {
        if (attribute.Field == "text_1")
            line.Append(CultureInfo.InvariantCulture, $"person{random.Next(10_000_000)}@example.com");
        else if (attribute.Field == "text_2" && random.Next(50) == 0)
            line.Append(CultureInfo.InvariantCulture, $"\"{Words[random.Next(Words.Length)]}, \"\"{Words[random.Next(Words.Length)]}\"\"\"");
        else
            line.Append(Words[random.Next(Words.Length)]);
    }
}
