using Optimove.Portal.Targeting;

namespace Optimove.Portal.TargetGroups.Places;

/// <summary>One of several places of which a customer has the first whose rule holds: a target group, or a segment.</summary>
/// <param name="Number">How programs call it.</param>
public sealed record Place(int Number, Rule Rule)
{
    /// <summary>Where no rule holds, or there was no such customer.</summary>
    public const int None = -1;
}

/// <summary>A customer in a place, with values of now.</summary>
public sealed record PlacedCustomer(string CustomerId, string[] Shown);

/// <summary>A customer whose place is another than it was, with values of now.</summary>
public sealed record PlaceChange(string CustomerId, int Before, int After, string[] Shown);
