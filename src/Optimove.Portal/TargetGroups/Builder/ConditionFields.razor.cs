using Microsoft.AspNetCore.Components;
using Optimove.Portal.TargetGroups.Counts;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.TargetGroups.Builder;

public sealed partial class ConditionFields
{
    private const string InValue = "in";

    private IReadOnlyList<FrequentValue> _suggestions = [];
    private string? _suggestedFor;

    [CascadingParameter] public required BuilderContext Context { get; set; }
    [Parameter, EditorRequired] public required Rule Condition { get; set; }
    /// <summary>What the condition is called in the names of its fields.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }
    [Parameter] public bool Invalid { get; set; }
    [Parameter] public string? DescribedBy { get; set; }
    [Parameter] public EventCallback<Rule> OnChange { get; set; }

    private IReadOnlyList<OperatorChoice> Choices => ConditionEdit.Choices(Condition, Context.Catalogue);

    protected override async Task OnParametersSetAsync()
    {
        var field = Condition is AttributeRule rule && Context.Catalogue.Attribute(rule.Field) is { Type: AttributeType.Text } text ? text.Field : null;
        if (field == _suggestedFor) return;
        (_suggestedFor, _suggestions) = (field, []);
        if (field is null) return;
        var values = await Context.Suggest(field);
        if (field == _suggestedFor) _suggestions = values;
    }

    private Task ChooseAsync(string? key) => key is null || key == Subject.KeyOf(Condition) ? Task.CompletedTask : OnChange.InvokeAsync(Subject.Begin(key, Context.Catalogue));
}
