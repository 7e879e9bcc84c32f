using System.Text;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Tests.Customers.Import;

public sealed class AttributeProposalTests
{
    private static async Task<IReadOnlyList<ProposedAttribute>> ProposeAsync(string file)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(file));
        return await AttributeProposal.ProposeAttributesAsync(stream, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("1;-5;0", AttributeType.Integer)]
    [InlineData("1.5;2;-3.25", AttributeType.Decimal)]
    [InlineData("yes;no;Y", AttributeType.Boolean)]
    [InlineData("2026-01-31;1999-12-01", AttributeType.Date)]
    [InlineData("2026-01-31;2026-01-31T10:00:00Z", AttributeType.Timestamp)]
    [InlineData("00123;45678", AttributeType.Text)]
    [InlineData("4477009000012;4477009000013", AttributeType.Text)]
    [InlineData("31/12/2025;01/01/2026", AttributeType.Text)]
    [InlineData("1;two;3", AttributeType.Text)]
    public async Task A_type_is_proposed_when_every_value_fits_it(string values, AttributeType type)
    {
        var proposed = await ProposeAsync("customer_id,x\n" + string.Concat(values.Split(';').Select((v, i) => $"{i},{v}\n")));
        Assert.Equal(type, proposed[1].Type);
        Assert.Equal(type == AttributeType.Text, proposed[1].Length is not null);
    }

    [Fact]
    public async Task Name_length_fill_rate_and_samples_come_from_the_rows()
    {
        var proposed = await ProposeAsync("Customer ID,\"Straße, Nr.\",Straße Nr\n1,\"a \"\"b\"\"\",\n2,a,\n3,c,\n4,d,\nbroken\n");
        Assert.True(proposed[0] is { Field: "customer_id", IsKey: true });
        Assert.Equal(("Straße, Nr.", "strasse_nr", AttributeType.Text, 10, 1.0), (proposed[1].Header, proposed[1].Field, proposed[1].Type, proposed[1].Length, proposed[1].FillRate));
        Assert.Equal(["a \"b\"", "a", "c"], proposed[1].Samples);
        Assert.Equal(("strasse_nr_2", AttributeType.Text, 100, 0.0), (proposed[2].Field, proposed[2].Type, proposed[2].Length, proposed[2].FillRate));
    }

    [Theory]
    [InlineData("E-Mail Address", "e_mail_address")]
    [InlineData("  Größe (cm) ", "grosse_cm")]
    [InlineData("1st order", "n1st_order")]
    [InlineData("漢字", "field")]
    [InlineData("Prénom", "prenom")]
    public void A_field_name_is_snake_case(string header, string field) => Assert.Equal(field, FieldName.From(header));
}
