using System.Globalization;
using System.Text;
using Optimove.Portal.E2E.Testing;

namespace Optimove.Portal.E2E.Journey;

/// <summary>
/// The customers.csv that the journey uploads: the demo shop's people as its IT department would export them today, every third a "Gold" customer,
/// with rows that no import can take.
/// </summary>
internal static class CustomersFile
{
    private const string Header = "customer_id,email,first_name,last_name,country,city,signed_up_on,born_on,value_tier,last_purchase_on,purchases_12m,spent_12m,favourite,is_staff,contact_key";

    public const int Good = PortalProcess.Customers;
    public static int Gold => Numbers.Count(IsGold);

    /// <summary>A customer twice, a day that does not exist, no id, a word where a number belongs.</summary>
    public static IReadOnlyList<string> Rotten { get; } =
    [
        Row(11),
        "C-900057,x57@mail.example,Paul,Roux,FR,Paris,31/02/2024,1980-01-01,Gold,2026-01-01,1,20.00,Home,no,",
        ",nobody@mail.example,Anna,Silva,FR,Paris,2024-05-01,1980-01-01,Gold,2026-01-01,1,20.00,Home,no,",
        "C-900707,y707@mail.example,Jana,Berg,FR,Paris,2024-05-01,1980-01-01,Gold,2026-01-01,many,20.00,Home,no,",
    ];

    public static byte[] Write() => Bytes(Header, Numbers.Select(Row).Concat(Rotten));

    /// <summary>Without the rows that no import can take.</summary>
    public static byte[] WriteGood() => Bytes(Header, Numbers.Select(Row));

    /// <summary>The customer_apps.csv that goes with it.</summary>
    public static byte[] WriteApps() => Bytes("customer_id,app_id", Numbers.Where(n => App(n) is not null).Select(n => $"C-{100000 + n},{App(n)}"));

    private static byte[] Bytes(string header, IEnumerable<string> rows) => Encoding.UTF8.GetBytes(string.Concat(rows.Prepend(header).Select(row => row + "\r\n")));

    private static IEnumerable<int> Numbers => Enumerable.Range(1, Good);

    private static bool IsGold(int number) => number % 3 == 0;

    // As the demo's people have them.
    private static string? App(int number) => (number * 31 % 10) switch { < 4 => "aurelia-ios", < 6 => "aurelia-android", _ => null };

    // The ids and mailboxes of the demo's people; one in a hundred shares the mailbox of the one before.
    private static string Row(int number)
    {
        var mailbox = number % 100 == 0 ? number - 1 : number;
        return string.Create(CultureInfo.InvariantCulture,
            $"C-{100000 + number},customer{mailbox}@mail{mailbox % 7}.example,Anna,Keller,FR,Lyon,2024-05-01,1980-01-01,{(IsGold(number) ? "Gold" : "Silver")},2026-01-01,1,20.00,Home,no,{(App(number) is null ? null : $"K{number}")}");
    }
}
