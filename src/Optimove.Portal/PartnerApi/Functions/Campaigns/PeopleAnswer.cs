using System.Globalization;
using System.Text.Json;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.Sending.Executions;

namespace Optimove.Portal.PartnerApi.Functions.Campaigns;

/// <summary>Answers with a page of people of lists, written as they are read.</summary>
internal static class PeopleAnswer
{
    /// <summary>Everybody of a list is in one group, its control group too.</summary>
    public const int RecipientGroup = 1;

    /// <param name="write">The members of a person's object, all but the attributes.</param>
    public static async Task<ApiAnswer> OfAsync(ApiCall call, IEnumerable<Execution> executions, Action<Utf8JsonWriter, PagePerson> write, bool control = false)
    {
        var page = call.Query.Fields.Any(f => f.Name == "$top") ? ApiPage.Of(call) : new(0, int.MaxValue);
        var (attributes, refusal) = call.Query.Fields.Any(f => f.Name == AskedAttributes.Answer.Name) ? await AskedAttributes.OfAsync(call) : ([], null);
        if (refusal is not null) return refusal;
        var people = call.Get<RecipientPages>().StreamAsync(executions.SelectMany(e => e.Parts(control)), page.Skip, page.Top, attributes, call.Cancellation);
        return await ApiAnswer.RowsAsync(async json =>
        {
            await foreach (var person in people)
            {
                json.WriteStartObject();
                write(json, person);
                AskedAttributes.Write(json, person.Values);
                json.WriteEndObject();
            }
        });
    }

    /// <summary>yyyy-MM-dd.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What a person got: those of the control group got nothing, through nothing.</summary>
    public static int ActionId(this PagePerson person) => person.Part.IsControl ? 0 : person.Part.Execution.TemplateId;

    /// <inheritdoc cref="ActionId"/>
    public static int ChannelId(this PagePerson person) => person.Part.IsControl ? 0 : person.Part.Execution.ChannelId;
}
