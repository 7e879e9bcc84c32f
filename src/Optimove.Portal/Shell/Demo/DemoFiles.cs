using System.Globalization;
using System.Text;
using Optimove.Portal.Customers;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Shell.Demo;

/// <summary>Writes the demo shop's files as its IT department would: real exports, with the rotten rows that real exports have.</summary>
internal static class DemoFiles
{
    public static readonly (string Field, string Name, AttributeType Type, int? Length, AttributePurpose Purpose, bool Tag)[] Attributes =
    [
        ("email", "E-mail", AttributeType.Text, 120, AttributePurpose.EmailAddress, false),
        ("first_name", "First name", AttributeType.Text, 60, AttributePurpose.FirstName, true),
        ("last_name", "Last name", AttributeType.Text, 60, AttributePurpose.LastName, true),
        ("country", "Country", AttributeType.Text, 2, AttributePurpose.None, false),
        ("city", "City", AttributeType.Text, 60, AttributePurpose.None, true),
        ("signed_up_on", "Signed up", AttributeType.Date, null, AttributePurpose.None, false),
        ("born_on", "Birth date", AttributeType.Date, null, AttributePurpose.None, false),
        ("value_tier", "Value tier", AttributeType.Text, 20, AttributePurpose.None, true),
        ("last_purchase_on", "Last purchase", AttributeType.Date, null, AttributePurpose.None, false),
        ("purchases_12m", "Purchases, 12 months", AttributeType.Integer, null, AttributePurpose.None, false),
        ("spent_12m", "Spent, 12 months", AttributeType.Decimal, null, AttributePurpose.None, false),
        ("favourite", "Favourite category", AttributeType.Text, 40, AttributePurpose.None, true),
        ("is_staff", "Works for us", AttributeType.Boolean, null, AttributePurpose.None, false),
        ("contact_key", "Contact Key", AttributeType.Text, 40, AttributePurpose.ContactKey, false),
    ];

    public static MemoryStream Customers(IReadOnlyCollection<DemoCustomer> customers, ILookup<string, DemoPurchase> purchases, DateOnly today)
    {
        var csv = new StringBuilder("customer_id," + string.Join(',', Attributes.Select(a => a.Field)) + "\r\n");
        foreach (var c in customers.Where(c => c.SignedUpOn <= today))
        {
            var year = purchases[c.Id].Where(p => p.Day > today.AddDays(-365) && p.Day <= today).ToList();
            var spent = year.Sum(p => p.Amount);
            var last = purchases[c.Id].Where(p => p.Day <= today).Select(p => (DateOnly?)p.Day).Max();
            var tier = spent switch { >= 300 => "VIP", >= 120 => "Rising", > 0 => "Regular", _ => last is null ? "New" : "Sleeping" };
            csv.Append(CultureInfo.InvariantCulture, $"{c.Id},{c.Email},{c.FirstName},{c.LastName},{c.Country},{c.City},{c.SignedUpOn:yyyy-MM-dd},{c.BornOn:yyyy-MM-dd},")
                .Append(CultureInfo.InvariantCulture, $"{tier},{last:yyyy-MM-dd},{year.Count},{spent},{c.Category},{(c.Staff ? "yes" : "no")},{c.ContactKey}\r\n");
            if (Rotten(c) is { } row) csv.Append(row);
        }
        return Stream(csv);
    }

    public static MemoryStream Transactions(IEnumerable<DemoPurchase> purchases)
    {
        var csv = new StringBuilder("customer_id,occurred_at,amount,currency,external_id\r\n");
        foreach (var p in purchases)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{p.Customer.Id},{p.Day:yyyy-MM-dd}T{p.Time:HH:mm}:00Z,{p.Amount},EUR,{p.ExternalId}\r\n");
        }
        return Stream(csv);
    }

    public static MemoryStream Subscriptions(IEnumerable<DemoCustomer> customers)
    {
        var csv = new StringBuilder("customer_id,channel,opt_in\r\n");
        foreach (var c in customers.Where(c => c.Number % 13 == 5)) csv.Append(CultureInfo.InvariantCulture, $"{c.Id},email,no\r\n");
        return Stream(csv);
    }

    public static MemoryStream Apps(IEnumerable<DemoCustomer> customers)
    {
        var csv = new StringBuilder("customer_id,app_id\r\n");
        foreach (var c in customers.Where(c => c.App is not null)) csv.Append(CultureInfo.InvariantCulture, $"{c.Id},{c.App}\r\n");
        return Stream(csv);
    }

    // What real exports hold: a date of another country, a line break in the wrong place, a customer twice.
    private static string? Rotten(DemoCustomer c) => (c.Number % 1500) switch
    {
        11 => $"{c.Id},{c.Email},{c.FirstName},{c.LastName},{c.Country},{c.City},{c.SignedUpOn:yyyy-MM-dd},,Regular,,0,0,{c.Category},no,\r\n",
        57 => $"C-9{c.Number},x{c.Number}@mail.example,{c.FirstName},{c.LastName},{c.Country},{c.City},31/02/2024,,Regular,,0,0,{c.Category},no,\r\n",
        203 => $",nobody{c.Number}@mail.example,{c.FirstName},{c.LastName},FR,Paris,2024-05-01,,Regular,,1,20.00,{c.Category},no,\r\n",
        707 => $"C-8{c.Number},y{c.Number}@mail.example,{c.FirstName},{c.LastName},FRANCE,Paris,2024-05-01,,Regular,,many,20.00,{c.Category},no,\r\n",
        _ => null,
    };

    private static MemoryStream Stream(StringBuilder csv) => new(Encoding.UTF8.GetBytes(csv.ToString()));
}
