using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Tests.Customers.Attributes;

public sealed class AttributeTests(ClientHouse house) : IClassFixture<ClientHouse>
{
    private static AttributeDraft Draft(string field, AttributeType type = AttributeType.Text, string? name = null) => new() { Field = field, Name = name ?? field, Type = type, Length = 20 };

    [Theory]
    [InlineData("")]
    [InlineData("Last Name")]
    [InlineData("2nd")]
    [InlineData("naïve")]
    [InlineData("customer_id")]
    [InlineData("xmin")]
    [InlineData("ctid")]
    [InlineData("tableoid")]
    [InlineData("x\ny")]
    [InlineData("a\"; drop table customers; --")]
    [InlineData("a int, add column b")]
    [InlineData("this_field_name_goes_on_for_much_longer_than_a_column_name_may_")]
    public async Task A_field_that_is_no_safe_column_is_refused_and_nothing_is_changed(string field)
    {
        var client = await house.ClientAsync(attributes: false);
        await Assert.ThrowsAsync<RefusedException>(() => client.AddAsync(Draft(field, name: "Fine")));
        Assert.Equal(1, await client.AskAsync<long>("select count(*) from information_schema.columns where table_schema = '{t}' and table_name = 'customers'"));
        Assert.Equal(0, await client.ReadAsync(db => db.CustomerAttributes.CountAsync()));
    }

    [Theory]
    [InlineData(AttributeType.Text, "character varying(20)")]
    [InlineData(AttributeType.Integer, "integer")]
    [InlineData(AttributeType.Decimal, "numeric(19,4)")]
    [InlineData(AttributeType.Boolean, "boolean")]
    [InlineData(AttributeType.Date, "date")]
    [InlineData(AttributeType.Timestamp, "timestamp with time zone")]
    public async Task A_new_attribute_has_a_column_of_its_type_that_belongs_to_the_client(AttributeType type, string sql)
    {
        var client = await house.ClientAsync(attributes: false);
        await client.AddAsync(Draft("select", type));
        Assert.Equal(sql, await client.AskAsync<string>("select format_type(atttypid, atttypmod) from pg_attribute where attrelid = '{t}.customers'::regclass and attname = 'select'"));
        Assert.Equal(["attribute.added"], await client.AuditAsync());
    }

    [Fact]
    public async Task A_field_a_name_and_a_purpose_are_given_once()
    {
        var client = await house.ClientAsync();
        await Assert.ThrowsAsync<RefusedException>(() => client.AddAsync(Draft("country", name: "Land")));
        await Assert.ThrowsAsync<RefusedException>(() => client.AddAsync(Draft("land", name: "country")));
        await Assert.ThrowsAsync<RefusedException>(() => client.AddAsync(Draft("second_mail") with { Purpose = AttributePurpose.EmailAddress }));
        await Assert.ThrowsAsync<RefusedException>(() => client.AddAsync(Draft("twin", name: "One"), Draft("twin", name: "Two")));
        Assert.Equal(5, await client.ReadAsync(db => db.CustomerAttributes.CountAsync()));
    }

    [Fact]
    public async Task A_text_needs_a_length_and_only_a_text_is_an_address()
    {
        var client = await house.ClientAsync(attributes: false);
        await Assert.ThrowsAsync<RefusedException>(() => client.AddAsync(Draft("a") with { Length = null }));
        await Assert.ThrowsAsync<RefusedException>(() => client.AddAsync(Draft("a") with { Length = 10_001 }));
        await Assert.ThrowsAsync<RefusedException>(() => client.AddAsync(Draft("a", AttributeType.Integer) with { Purpose = AttributePurpose.EmailAddress }));
    }

    [Fact]
    public async Task A_marketer_does_not_make_attributes()
    {
        var client = await house.ClientAsync();
        await Assert.ThrowsAsync<RefusedException>(() => client.DoAsync<AddAttributes>(u => u.RunAsync([Draft("more")]), mayAdministrate: false));
    }

    [Fact]
    public async Task A_change_keeps_field_and_type_and_says_before_and_after()
    {
        var client = await house.ClientAsync();
        var id = await client.ReadAsync(db => db.CustomerAttributes.Where(a => a.Field == "country").Select(a => a.Id).SingleAsync());
        await client.DoAsync<ChangeAttribute>(u => u.RunAsync(id, new() { Field = "other", Type = AttributeType.Date, Name = "Land", Description = "ISO code", Personalisation = true }));
        var now = await client.ReadAsync(db => db.CustomerAttributes.SingleAsync(a => a.Id == id));
        Assert.Equal(("country", AttributeType.Text, 2, "Land", "ISO code", true), (now.Field, now.Type, now.Length, now.Name, now.Description, now.Personalisation));
        var line = await client.ReadAsync(db => db.AuditEntries.SingleAsync(a => a.Action == "attribute.changed"));
        Assert.Contains("Country", line.Before, StringComparison.Ordinal);
        Assert.Contains("Land", line.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retired_attribute_takes_its_column_along_and_can_be_made_anew_with_another_type()
    {
        var client = await house.ClientAsync();
        await client.CustomersAsync(3);
        var id = await client.ReadAsync(db => db.CustomerAttributes.Where(a => a.Field == "visits").Select(a => a.Id).SingleAsync());
        await client.DoAsync<RetireAttribute>(u => u.RunAsync(id));
        Assert.Equal(0, await client.AskAsync<long>("select count(*) from information_schema.columns where table_schema = '{t}' and table_name = 'customers' and column_name = 'visits'"));
        await client.AddAsync(Draft("visits", AttributeType.Decimal, "Visits"));
        Assert.Equal(3, await client.AskAsync<long>("select count(*) from {t}.customers where visits is null"));
    }

    [Fact]
    public async Task An_attribute_that_a_group_asks_for_cannot_be_retired()
    {
        var client = await house.ClientAsync();
        var ids = await client.ReadAsync(db => db.CustomerAttributes.ToDictionaryAsync(a => a.Field, a => a.Id));
        await client.ReadAsync(async db =>
        {
            var rule = RuleJson.Write(new All([new Not(new AttributeRule("country", Operator.IsAnyOf, ["FR"]))]));
            db.TargetGroups.Add(new() { Name = "French", Rule = rule, CreatedBy = "x", ChangedBy = "x" });
            return await db.SaveChangesAsync();
        });
        var refused = await Assert.ThrowsAsync<RefusedException>(() => client.DoAsync<RetireAttribute>(u => u.RunAsync(ids["country"])));
        Assert.Contains("French", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => client.DoAsync<RetireAttribute>(u => u.RunAsync(ids["email"])));
        var lines = await client.GetAsync<AttributeQueries, IReadOnlyList<AttributeLine>>(q => q.ListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["French"], lines.Single(l => l.Attribute.Field == "country").Groups);
    }

    [Fact]
    public async Task One_client_knows_nothing_of_the_attributes_of_another()
    {
        var (ours, others) = (await house.ClientAsync(), await house.ClientAsync(attributes: false));
        var id = await ours.ReadAsync(db => db.CustomerAttributes.Where(a => a.Field == "visits").Select(a => a.Id).SingleAsync());
        Assert.Equal(0, await others.ReadAsync(db => db.CustomerAttributes.CountAsync()));
        await Assert.ThrowsAsync<RefusedException>(() => others.DoAsync<RetireAttribute>(u => u.RunAsync(id)));
        await Assert.ThrowsAsync<RefusedException>(() => others.DoAsync<ChangeAttribute>(u => u.RunAsync(id, Draft("visits"))));
    }

    [Fact]
    public void A_proposal_names_its_columns_and_finds_the_address()
    {
        Optimove.Portal.Customers.Import.ProposedAttribute Column(string header, params string[] samples) =>
            new(header, Optimove.Portal.Customers.Import.FieldName.From(header), AttributeType.Text, 10, 1, samples);
        var rows = ProposalRow.From([Column("customer_id", "1"), Column("Kontakt", "a@b.de", "c@d.fr"), Column("Vorname", "Ana"), Column("mail", "x@y.de"), Column("known")], [Draft("known")]);
        Assert.Equal([("kontakt", AttributePurpose.EmailAddress), ("vorname", AttributePurpose.FirstName), ("mail", AttributePurpose.None)], rows.Select(r => (r.Draft.Field, r.Draft.Purpose)));
    }
}
