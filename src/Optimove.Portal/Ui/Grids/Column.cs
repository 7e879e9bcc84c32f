using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Optimove.Portal.Ui.Grids;

/// <summary>One column of a Grid; draws nothing by itself. On a phone a lead comes first, a state second, others as labelled facts.</summary>
public sealed class Column<T> : ComponentBase, IDisposable
{
    [CascadingParameter] private Grid<T>? Grid { get; set; }

    [Parameter, EditorRequired] public string Title { get; set; } = "";
    /// <summary>The cell; or give <see cref="Text"/>.</summary>
    [Parameter] public RenderFragment<T>? ChildContent { get; set; }
    [Parameter] public Func<T, string?>? Text { get; set; }
    /// <summary>The name by which the address sorts this column.</summary>
    [Parameter] public string? Sort { get; set; }
    /// <summary>To the right, figures under each other; sorted from large to small first.</summary>
    [Parameter] public bool Numeric { get; set; }
    /// <summary>What the row is called: first and larger on a phone.</summary>
    [Parameter] public bool Lead { get; set; }
    /// <summary>The row's badge: second on a phone.</summary>
    [Parameter] public bool IsState { get; set; }
    /// <summary>Left away on a phone.</summary>
    [Parameter] public bool WideOnly { get; set; }
    /// <summary>The title is heard, not seen: for a column that shows what it is.</summary>
    [Parameter] public bool HideTitle { get; set; }
    /// <summary>Its name on a phone, where the title is long.</summary>
    [Parameter] public string? PhoneTitle { get; set; }
    /// <summary>The total at the foot.</summary>
    [Parameter] public string? Footer { get; set; }
    [Parameter] public string? Width { get; set; }

    internal string? HeadCss => Numeric ? "num" : null;
    internal string? Style => Width is null ? null : $"width:{Width}";

    internal RenderFragment Cell(T item) => builder =>
    {
        Open(builder, Lead ? "data-t" : IsState ? "data-b" : "data-l");
        if (ChildContent is not null)
            builder.AddContent(4, ChildContent(item));
        else
            builder.AddContent(5, Text?.Invoke(item));
        builder.CloseElement();
        builder.CloseElement();
    };

    internal RenderFragment FooterCell => builder =>
    {
        if (Footer is null)
        {
            builder.OpenElement(0, "td");
            builder.CloseElement();
            return;
        }
        Open(builder, Lead ? "data-t" : "data-l");
        builder.AddContent(4, Footer);
        builder.CloseElement();
        builder.CloseElement();
    };

    // The inner element keeps a cell of several parts together beside its label on a phone.
    private void Open(RenderTreeBuilder builder, string phone)
    {
        builder.OpenElement(0, "td");
        builder.AddAttribute(1, "class", Css);
        builder.AddAttribute(2, phone, phone == "data-l" && !HideTitle ? PhoneTitle ?? Title : "");
        builder.OpenElement(3, "div");
    }

    private string? Css => (Numeric ? "num" : "") + (WideOnly ? " no-m" : "") is { Length: > 0 } css ? css.Trim() : null;

    protected override void OnInitialized() =>
        (Grid ?? throw new InvalidOperationException($"Column {Title} stands outside a Grid.")).Add(this);

    public void Dispose() => Grid?.Remove(this);
}
