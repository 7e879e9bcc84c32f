using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Ui;

namespace Optimove.Portal.Tests.PartnerApi.Credentials;

public sealed class CredentialFormTests() : UiContext(Enter)
{
    [Fact]
    public void A_missing_name_is_said_beside_its_field_and_nothing_is_issued_until_there_is_one()
    {
        var issued = new List<CredentialDraft>();
        var form = Render<CredentialForm>(p => p.Add(f => f.Reach, new([], [], [], 50)).Add(f => f.OnIssue, issued.Add));
        Assert.Empty(form.FindAll(".err"));
        form.Find("form").Submit();
        Assert.Contains("Give the credential a name", form.Find(".field.invalid .err").TextContent);
        Assert.Empty(issued);
        form.Find("input.input").Change("Partner A");
        form.Find("form").Submit();
        Assert.Empty(form.FindAll(".err"));
        Assert.Equal("Partner A", Assert.Single(issued).Name);
    }

    private static void Enter(IServiceCollection services)
    {
        var tenant = new TenantContext();
        tenant.Enter(new(1, "acme", "Acme", "Europe/Paris", "EUR"));
        services.AddSingleton(tenant);
    }
}
