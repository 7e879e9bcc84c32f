using Optimove.Portal;
using Optimove.Portal.Accounts;
using Optimove.Portal.Data;
using Optimove.Portal.Data.Clock;
using Optimove.Portal.Jobs;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;
using Radzen;

var builder = WebApplication.CreateBuilder(args);
// So that a build output run outside Development (or by a test) finds _framework and _content too. No effect once published.
builder.WebHost.UseStaticWebAssets();

var development = builder.Environment.IsDevelopment();
var database = DatabaseOptions.From(builder.Configuration, builder.Configuration.GetConnectionString("Portal")!);

builder.Services.AddTenancy();
builder.Services.AddData(database, development);
builder.Services.AddAccounts(staffNeedTwoFactor: !development);
builder.Services.AddProviders();
builder.Services.AddJobs(database);
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddRadzenComponents();

var app = builder.Build();
await app.Services.GetRequiredService<PrepareDatabase>().RunAsync();
app.Services.GetRequiredService<PortalClock>().Ahead = TimeSpan.Zero;
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
await app.RunAsync();

public partial class Program;
