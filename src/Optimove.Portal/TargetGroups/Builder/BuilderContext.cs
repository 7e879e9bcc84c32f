using Optimove.Portal.TargetGroups.Counts;
using Optimove.Portal.TargetGroups.Uses;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.TargetGroups.Builder;

/// <summary>What every part of the builder needs to know.</summary>
/// <param name="Problems">By path, what is wrong there.</param>
/// <param name="Urgent">Saving was tried: what is unfinished is a mistake now.</param>
/// <param name="Suggest">The most frequent values of a text attribute.</param>
public sealed record BuilderContext(
    IReadOnlyList<Subject> Subjects, IReadOnlyList<GroupUse> Groups, Catalogue Catalogue, DateOnly DataDate,
    IReadOnlyDictionary<string, string> Problems, bool Urgent, Func<string, Task<IReadOnlyList<FrequentValue>>> Suggest);
