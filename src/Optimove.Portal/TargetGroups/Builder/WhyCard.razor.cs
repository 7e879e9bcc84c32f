using Microsoft.AspNetCore.Components;
using Optimove.Portal.TargetGroups.Members;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.TargetGroups.Builder;

public sealed partial class WhyCard
{
    private string _asked = "";
    private MembershipAnswer? _answer;
    private string? _problem;
    private Rule? _explained;
    private string _explainedFor = "";

    [Inject] private ExplainMembership Explain { get; set; } = default!;
    /// <summary>The finished lines of the rule on screen; null when there are none to explain by.</summary>
    [Parameter, EditorRequired] public required Rule? Rule { get; set; }
    [Parameter, EditorRequired] public required string Slug { get; set; }

    // An answer by an earlier rule would be wrong beside the rule on screen, so it is asked again.
    protected override Task OnParametersSetAsync() =>
        _answer is not null && Rule is not null && !Rule.Equals(_explained) ? ExplainAsync(_explainedFor) : Task.CompletedTask;

    private Task AskAsync() => _asked.Trim().Length == 0 ? Task.CompletedTask : ExplainAsync(_asked.Trim());

    private async Task ExplainAsync(string customer)
    {
        if (Rule is not { } rule) return;
        (_explained, _explainedFor) = (rule, customer);
        try
        {
            var answer = await Explain.RunAsync(rule, customer);
            if (!ReferenceEquals(_explained, rule) || _explainedFor != customer) return;
            (_answer, _problem) = (answer, answer is null ? $"There is no customer with the id or e-mail address {customer}." : null);
        }
        catch (RefusedException e)
        {
            (_answer, _problem) = (null, e.Message);
        }
    }
}
