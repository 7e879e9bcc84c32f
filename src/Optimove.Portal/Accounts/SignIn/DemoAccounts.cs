namespace Optimove.Portal.Accounts.SignIn;

/// <summary>The accounts of the demo: their domain and the one password that they share. They exist only where the demo was seeded, in development.</summary>
public static class DemoAccounts
{
    public const string Domain = "@demo.example";
    public const string Password = "try the demo";
}
