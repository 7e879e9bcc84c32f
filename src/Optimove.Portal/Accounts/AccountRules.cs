namespace Optimove.Portal.Accounts;

/// <summary>What this installation asks of accounts.</summary>
/// <param name="StaffNeedTwoFactor">Whether staff may do nothing before two-factor sign-in is on; false only in development.</param>
public sealed record AccountRules(bool StaffNeedTwoFactor);
