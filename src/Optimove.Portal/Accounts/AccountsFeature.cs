using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Optimove.Portal.Accounts.Clients;
using Optimove.Portal.Accounts.Links;
using Optimove.Portal.Accounts.Own;
using Optimove.Portal.Accounts.People;
using Optimove.Portal.Accounts.Settings;
using Optimove.Portal.Accounts.SignIn;
using Optimove.Portal.Accounts.Users;
using Optimove.Portal.Accounts.Visits;
using Optimove.Portal.Data;
using Optimove.Portal.Shell;

namespace Optimove.Portal.Accounts;

public static class AccountsFeature
{
    /// <summary>Any member of staff, with two-factor sign-in where it is required.</summary>
    public const string Staff = "staff";
    /// <summary>A staff admin, with two-factor sign-in where it is required.</summary>
    public const string StaffAdmin = "staff-admin";

    /// <summary>Name of the limit on posts of passwords and codes from one address.</summary>
    public const string SignInLimit = "sign-in";

    /// <param name="development">Then the demo accounts go without two-factor sign-in, cookies may travel over plain HTTP, and posts are limited less.</param>
    public static IServiceCollection AddAccounts(this IServiceCollection services, bool development)
    {
        AddIdentity(services);
        AddCookie(services, development);
        AddPolicies(services, staffNeedTwoFactor: !development);
        AddSignInLimit(services, postsPerMinute: development ? 300 : 20);
        AddUseCases(services);
        services.AddSingleton(new AccountRules(StaffNeedTwoFactor: !development));
        services.AddScoped<TenantDoor>();
        services.AddSingleton<InsideTenant>();
        services.AddSingleton<RecordedChange>();
        services.AddScoped<RecordOfPerson>();
        services.AddScoped<AuthenticationStateProvider, CircuitPerson>();
        return services;
    }

    public static void MapAccounts(this IEndpointRouteBuilder routes) => SignInEndpoints.Map(routes);

    /// <summary>Answers 404 to a page of a client that does not exist for the person who asks; after authorisation, before the pages.</summary>
    public static void UseTenantDoor(this IApplicationBuilder app) => app.Use(DoorOfPages.InvokeAsync);

    private static void AddUseCases(IServiceCollection services)
    {
        foreach (var useCase in new[]
        {
            typeof(FindHome), typeof(SignInPerson), typeof(SignInWithCode), typeof(SignOutPerson),
            typeof(PersonalLink), typeof(SendInvitation), typeof(RenewInvitation), typeof(AcceptInvitation), typeof(RequestPasswordReset), typeof(ResetPassword),
            typeof(ChangePassword), typeof(Rename), typeof(TwoFactorQueries), typeof(TurnOnTwoFactor), typeof(TurnOffTwoFactor), typeof(RenewRecoveryCodes),
            typeof(ClientQueries), typeof(CreateClient), typeof(ChangeClient), typeof(SuspendClient), typeof(ResumeClient), typeof(AssignCsms),
            typeof(VisitQueries), typeof(EnterClient), typeof(LeaveClient), typeof(TakeEditRights), typeof(GiveBackEditRights),
            typeof(PeopleQueries), typeof(InviteStaff), typeof(SetStaffAccess),
            typeof(UserQueries), typeof(InviteUser), typeof(ResendInvitation), typeof(ChangeUserRole), typeof(SetUserAccess), typeof(AuditQueries),
        })
        {
            services.AddScoped(useCase);
        }
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddIdentityCore<PortalUser>(o =>
            {
                o.User.RequireUniqueEmail = true;
                o.SignIn.RequireConfirmedAccount = true;
                o.Password.RequiredLength = 12;
                o.Password.RequireNonAlphanumeric = false;
                o.Password.RequireUppercase = false;
                o.Password.RequireLowercase = false;
                o.Password.RequireDigit = false;
                o.Lockout.MaxFailedAccessAttempts = 5;
                o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddEntityFrameworkStores<PortalDb>().AddSignInManager().AddDefaultTokenProviders()
            .AddTokenProvider<InvitationTokens>(InvitationTokens.Provider).AddClaimsPrincipalFactory<PortalClaims>();
        services.AddScoped<IUserConfirmation<PortalUser>, PersonMaySignIn>();
        services.Configure<DataProtectionTokenProviderOptions>(o => o.TokenLifespan = TimeSpan.FromHours(2));
        // A session lives by the real clock, so that moving the development clock signs nobody out.
        services.Configure<SecurityStampValidatorOptions>(o => (o.ValidationInterval, o.TimeProvider) = (TimeSpan.FromMinutes(1), TimeProvider.System));
    }

    private static void AddCookie(IServiceCollection services, bool development)
    {
        var secure = development ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        services.ConfigureApplicationCookie(o =>
        {
            o.LoginPath = Urls.SignInPath;
            o.LogoutPath = Urls.SignOut;
            o.AccessDeniedPath = Urls.Forbidden;
            o.ReturnUrlParameter = "returnUrl";
            o.Cookie.Name = "portal";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.SecurePolicy = secure;
            o.ExpireTimeSpan = TimeSpan.FromHours(12);
            o.SlidingExpiration = true;
            o.TimeProvider = TimeProvider.System;
            o.Events.OnRedirectToAccessDenied = context =>
            {
                var unfinished = !development && context.HttpContext.User is { IsStaff: true, HasTwoFactor: false };
                context.Response.Redirect(unfinished ? $"{Urls.TwoFactor}?returnUrl={Uri.EscapeDataString(context.Request.Path)}" : Urls.Forbidden);
                return Task.CompletedTask;
            };
        });
        services.AddAntiforgery(o => o.Cookie.SecurePolicy = secure);
    }

    private static void AddPolicies(IServiceCollection services, bool staffNeedTwoFactor)
    {
        services.AddCascadingAuthenticationState();
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Staff, p => p.RequireAuthenticatedUser().RequireAssertion(c => c.User.IsStaff && (!staffNeedTwoFactor || c.User.HasTwoFactor)))
            .AddPolicy(StaffAdmin, p => p.RequireAuthenticatedUser().RequireAssertion(c => c.User.IsStaff && c.User.Role == UserRole.StaffAdmin && (!staffNeedTwoFactor || c.User.HasTwoFactor)));
    }

    private static void AddSignInLimit(IServiceCollection services, int postsPerMinute) =>
        services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.OnRejected = async (context, cancellation) =>
                await context.HttpContext.Response.WriteAsync("Too many tries from this address. Wait a minute, then try again.", cancellation);
            o.AddPolicy(SignInLimit, http => HttpMethods.IsPost(http.Request.Method)
                ? RateLimitPartition.GetFixedWindowLimiter($"from {http.Connection.RemoteIpAddress}", _ => new() { PermitLimit = postsPerMinute, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter("reading"));
        });

    /// <summary>Routes below <c>/{tenant}</c>: entered through the door before the handler runs, 404 where there is no way in.</summary>
    public static RouteGroupBuilder MapTenant(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/{tenant}").AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var door = http.RequestServices.GetRequiredService<TenantDoor>();
            return await door.RunAsync((string)http.GetRouteValue("tenant")!, http.User, http.RequestAborted) ? await next(context) : Nothing(http.Request);
        });

    // The page that says so can be shown in answer to a GET alone.
    private static IResult Nothing(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) ? Results.NotFound() : Results.Text("There is nothing at this address.", statusCode: StatusCodes.Status404NotFound);
}
