using System.Globalization;
using System.Text.RegularExpressions;
using Optimove.Portal.Channels.Partners.Listeners;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Customers.Attributes.Programs;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.PartnerApi.Callbacks;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.Targeting;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions;

/// <summary>Attributes and values that come by API, with an answer that follows at the address of the call.</summary>
internal static partial class AttributeFunctions
{
    private const int MostCustomers = 10_000, MostByApi = 40;
    private const string Limit = "1", Exists = "2", BadType = "3", BadDefault = "4", Other = "5";
    private const string Loading = "A file of customers is being loaded. Try again in a minute.";
    private static readonly ApiField Callback = May("CallbackURL", ApiType.Text, 2000), Value = May("Value", ApiType.TextOrNumber, AttributeRules.LongestText);
    private static readonly ApiField Attributes = May("Attributes", ApiType.List) with { Limit = AttributeRules.MostAttributes, Fields = [Must("RealFieldName", ApiType.Text), Value] };

    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        new("POST", "Customers", "AddCustomerAttribute", ApiCallers.Clients, AddAsync)
        {
            Summary = "Adds a customer attribute and tells the callback address how that went.", MaxBody = 64 << 10,
            Body = ApiBody.Object(Must("Name", ApiType.Text, 100), Must("Type", ApiType.Text, 40), May("DefaultValue", ApiType.TextOrNumber, AttributeRules.LongestText), Callback),
        },
        new("POST", "Customers", "UpdateCustomerAttributes", ApiCallers.Clients, UpdateAsync)
        {
            Summary = "Gives customers new values and tells the callback address which could not be taken.", MaxBody = 64 << 20,
            Body = ApiBody.Object(Must("CustomerNewAttributesValuesList", ApiType.List) with
            {
                Limit = MostCustomers, Fields = [Must("CustomerID", ApiType.TextOrNumber), Attributes with { Required = true }],
            }, Callback),
        },
        new("PUT", "Customers", "", ApiCallers.Clients, UpsertAsync)
        {
            Summary = "Adds a customer, or gives a known one new values: all of them or none.", Body = ApiBody.Object(Must("CustomerID", ApiType.TextOrNumber), Attributes, Callback),
        },
    ];

    private static async Task<ApiAnswer> AddAsync(ApiCall call)
    {
        var (name, url) = (call.Body.Text("Name").Trim(), Url(call));
        var (error, sentence) = await TryAddAsync(call, name);
        if (url is null) return error is null ? ApiAnswer.Done() : throw new RefusedException(sentence);
        await call.Get<QueueCallback>().RunAsync(url, new { attributeName = name, isSuccess = error is null, errorId = error ?? "", errorMsg = sentence }, call.Cancellation);
        return ApiAnswer.Done();
    }

    private static async Task<(string? Error, string Sentence)> TryAddAsync(ApiCall call, string name)
    {
        var all = await call.Get<AttributeQueries>().AllAsync(call.Cancellation);
        if (all.Count(a => a.ByApi) >= MostByApi) return (Limit, $"{MostByApi} attributes have been added by API already");
        if (FieldLookup.Find(all, name) is not null || all.Any(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) return (Exists, "attribute exists already");
        if (TypeOf(call.Body.Text("Type")) is not { } type) return (BadType, "Type must be DECIMAL(19,4), INT, BIGINT, DATE, VARCHAR(n) or NVARCHAR(n)");
        var given = call.Body.TextOrNull("DefaultValue");
        var value = string.IsNullOrEmpty(given) ? null : AttributeInput.Parse(type.Type, type.Length, given);
        if (!string.IsNullOrEmpty(given) && value is null) return (BadDefault, "the default does not fit the type");
        try
        {
            await call.Get<AddAttributes>().RunAsync([new() { Field = FieldName.From(name), Name = name, Type = type.Type, Length = type.Length, ByApi = true, Default = value }], call.Cancellation);
            return (null, "");
        }
        catch (RefusedException e)
        {
            return (Other, e.Message);
        }
    }

    private static async Task<ApiAnswer> UpdateAsync(ApiCall call)
    {
        var url = Url(call);
        var values = call.Body.List("CustomerNewAttributesValuesList")
            .SelectMany(c => c.List("Attributes").Select(a => new NewValue(c.Text("CustomerID"), a.Text("RealFieldName"), a.TextOrNull("Value")))).ToList();
        var errors = await call.Get<UpdateAttributes>().RunAsync(values, call.Cancellation);
        if (url is not null) await TellAsync(call, url, errors);
        else if (errors.Count > 0 && errors.All(e => e.Reason == UpdateAttributes.Unavailable)) throw new RefusedException(Loading);
        return ApiAnswer.Done();
    }

    private static async Task<ApiAnswer> UpsertAsync(ApiCall call)
    {
        var url = Url(call);
        var errors = await call.Get<UpsertCustomer>().RunAsync(call.Body.Text("CustomerID").Trim(), [.. call.Body.List("Attributes").Select(a => (a.Text("RealFieldName"), a.TextOrNull("Value")))], call.Cancellation);
        if (url is not null) await TellAsync(call, url, errors);
        else if (errors.Count > 0)
        {
            throw new RefusedException(errors[0].Reason switch
            {
                UpdateAttributes.Unavailable => Loading,
                "INVALID_FIELD" => $"There is no attribute {errors[0].Field}. Nothing was changed.",
                _ => $"The value for {errors[0].Field} does not fit its type. Nothing was changed.",
            });
        }
        return ApiAnswer.Done();
    }

    private static Task TellAsync(ApiCall call, string url, IReadOnlyList<ValueError> errors) => call.Get<QueueCallback>().RunAsync(url, new
    {
        isSuccess = errors.Count == 0, requestId = Guid.NewGuid(), errors = errors.Select(e => new { error = e.Reason, customerId = e.CustomerId, realFieldName = e.Field }),
    }, call.Cancellation);

    private static string? Url(ApiCall call) => call.Body.TextOrNull("CallbackURL") is { Length: > 0 } url ? call.Get<PublicAddress>().Check("CallbackURL", url) : null;

    // There is no whole number of 64 bits; decimals hold 15 digits before the point.
    private static (AttributeType Type, int? Length)? TypeOf(string text) => Declared().Match(text) switch
    {
        { Success: false } => null,
        { Groups: var groups } => groups["name"].Value.ToUpperInvariant() switch
        {
            "INT" => (AttributeType.Integer, null),
            "BIGINT" or "DECIMAL(19,4)" => (AttributeType.Decimal, null),
            "DATE" => (AttributeType.Date, null),
            _ => int.TryParse(groups["n"].Value, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= AttributeRules.LongestText ? (AttributeType.Text, n) : null,
        },
    };

    [GeneratedRegex(@"^\s*(?<name>INT|BIGINT|DATE|DECIMAL\(19,4\)|N?VARCHAR\((?<n>[0-9]{1,6})\))\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Declared();
}
