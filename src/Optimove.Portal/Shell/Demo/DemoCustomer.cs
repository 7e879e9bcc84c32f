namespace Optimove.Portal.Shell.Demo;

/// <summary>One generated customer of the demo shop; the same number is always the same person.</summary>
internal sealed record DemoCustomer(
    int Number, string Id, string FirstName, string LastName, string? Email, string Country, string City, DateOnly SignedUpOn, DateOnly? BornOn,
    string Category, bool Staff, double Appetite)
{
    public const string Ios = "aurelia-ios", Android = "aurelia-android";

    /// <summary>The shop's app that the customer uses; six of ten use one.</summary>
    public string? App => (Number * 31 % 10) switch { < 4 => Ios, < 6 => Android, _ => null };

    /// <summary>By what MobilePush knows the customer.</summary>
    public string? ContactKey => App is null ? null : $"K{Number}";
}

/// <summary>Makes the demo shop's customers: names and places drawn with a realistic skew, some without an address, some sharing one.</summary>
internal static class DemoPeople
{
    private static readonly string[] First =
    [
        "Anna", "Bruno", "Chloé", "Dmitri", "Elif", "Farah", "Gilles", "Hanna", "Ilias", "Jana", "Karim", "Léa", "Marta", "Noah", "Olga", "Paul", "Quentin", "Rosa",
        "Sofia", "Théo", "Ulla", "Victor", "Wanda", "Xavier", "Yasmin", "Zoé", "Amir", "Bianca", "Carlos", "Diane", "Emil", "Fatou", "Greta", "Hugo", "Inès", "Jules",
    ];
    private static readonly string[] Last =
    [
        "Keller", "Silva", "Marchand", "Orlov", "Demir", "Benali", "Meyer", "Peeters", "Roux", "Thill", "Haddad", "Moreau", "Nowak", "Dubois", "Ivanova", "Laurent",
        "Garnier", "Conti", "Rahm", "Petit", "Berg", "Lambert", "Kowalska", "Fournier", "Aziz", "Lefèvre", "Rossi", "Vidal", "Schmit", "Diallo", "Weber", "Girard",
    ];
    private static readonly (string Country, string[] Cities, double UpTo)[] Places =
    [
        ("FR", ["Paris", "Lyon", "Lille", "Nantes", "Bordeaux", "Strasbourg"], 0.62), ("BE", ["Brussels", "Ghent", "Liège", "Namur"], 0.80),
        ("LU", ["Luxembourg", "Esch-sur-Alzette"], 0.88), ("DE", ["Trier", "Saarbrücken", "Cologne"], 0.96), ("CH", ["Geneva", "Lausanne"], 1.0),
    ];
    private static readonly string[] Categories = ["Skin care", "Fragrance", "Make-up", "Hair", "Home", "Gifts"];

    public static IEnumerable<DemoCustomer> Make(int count, DateOnly today)
    {
        for (var n = 1; n <= count; n++) yield return Person(n, today);
    }

    private static DemoCustomer Person(int n, DateOnly today)
    {
        var dice = new Random(7919 * n);
        var (first, last) = (First[dice.Next(First.Length)], Last[dice.Next(Last.Length)]);
        var place = dice.NextDouble();
        var (country, cities, _) = Places.First(p => place < p.UpTo);
        // One in fifty has no address; one in a hundred shares that of the customer before.
        var mailbox = n % 100 == 0 ? n - 1 : n;
        var email = dice.NextDouble() < 0.02 ? null : $"customer{mailbox}@mail{mailbox % 7}.example";
        return new(n, $"C-{100000 + n}", first, last, email, country, cities[dice.Next(cities.Length)],
            today.AddDays(-(int)(1100 * Math.Pow(dice.NextDouble(), 0.8)) - 1), dice.NextDouble() < 0.15 ? null : today.AddDays(-(int)(365.25 * (18 + 55 * dice.NextDouble()))),
            Categories[(int)(Categories.Length * dice.NextDouble() * dice.NextDouble())], n % 400 == 7, Math.Pow(dice.NextDouble(), 3));
    }
}
