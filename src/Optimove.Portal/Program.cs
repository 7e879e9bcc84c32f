using Optimove.Portal;
using Optimove.Portal.Accounts;
using Optimove.Portal.Accounts.Mail;
using Optimove.Portal.Analysis;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Data.Embedded;
using Optimove.Portal.Jobs;
using Optimove.Portal.Metrics;
using Optimove.Portal.PartnerApi;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending;
using Optimove.Portal.Shell;
using Optimove.Portal.Shell.Demo;
using Optimove.Portal.Shell.Operations;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Tenancy;

var builder = WebApplication.CreateBuilder(args);
// So that a build output run outside Development (or by a test) finds _framework and _content too. No effect once published.
builder.WebHost.UseStaticWebAssets();

builder.AddOperations();

var development = builder.Environment.IsDevelopment();
var (database, server) = await DatabaseStartup.OpenAsync(builder);
await using var embedded = server;

builder.Services.AddTenancy();
builder.Services.AddData(database, development);
builder.Services.AddAccounts(development);
builder.Services.AddMail(builder.Configuration, builder.Environment);
builder.Services.AddProviders(o =>
{
    builder.Configuration.GetSection("Providers").Bind(o);
    o.AllowLoopback = development;
});
builder.Services.AddCustomers();
builder.Services.AddTargetGroups();
builder.Services.AddChannels();
builder.Services.AddCampaigns();
builder.Services.AddSending();
builder.Services.AddDeliveryMetrics();
builder.Services.AddAnalysis();
builder.Services.AddPartnerApi();
builder.Services.AddJobs(database, q => Schedule.Add(q, builder.Configuration, development));
builder.Services.AddShell();
if (development) builder.Services.AddDemo(builder.Configuration, server);

await using var app = builder.Build();
await app.Services.GetRequiredService<PrepareDatabase>().RunAsync();
if (development) await app.StartDemoAsync();

app.UseExceptionHandler(Urls.Error, createScopeForErrors: true);
app.UseStatusCodePagesWithReExecute(Urls.NotFound, createScopeForStatusCodePages: true);
app.UseSecurityHeaders();
app.UsePartnerApi();
app.UseRouting();
app.UseRateLimiter();
app.UseAuthentication();
app.UseAuthorization();
app.UseTenantDoor();
app.UseAntiforgery();
app.MapAccounts();
app.MapCustomers();
app.MapTargetGroups();
app.MapChannels();
app.MapCampaigns();
app.MapSending();
app.MapDeliveryMetrics();
app.MapAnalysis();
app.MapPartnerApi();
if (development) app.MapDemoMail();
app.MapOperations();
app.MapShell();
app.AnnounceTo(embedded);
await app.RunAsync();

/// <summary>The portal's process: web pages, API and jobs.</summary>
public partial class Program;
