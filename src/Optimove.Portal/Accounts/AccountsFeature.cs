using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts;

public static class AccountsFeature
{
    /// <summary>Any member of staff, with two-factor sign-in where it is required.</summary>
    public const string Staff = "staff";
    /// <summary>A staff admin, with two-factor sign-in where it is required.</summary>
    public const string StaffAdmin = "staff-admin";

    /// <param name="staffNeedTwoFactor">False only in development, where the demo accounts go without.</param>
    public static IServiceCollection AddAccounts(this IServiceCollection services, bool staffNeedTwoFactor)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddIdentityCore<PortalUser>(o =>
            {
                o.User.RequireUniqueEmail = true;
                o.Password.RequiredLength = 12;
                o.Password.RequireNonAlphanumeric = false;
                o.Password.RequireUppercase = false;
                o.Password.RequireDigit = false;
                o.Lockout.MaxFailedAccessAttempts = 5;
                o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
                o.Tokens.EmailConfirmationTokenProvider = TokenOptions.DefaultProvider;
            })
            .AddEntityFrameworkStores<PortalDb>().AddSignInManager().AddDefaultTokenProviders().AddClaimsPrincipalFactory<PortalClaims>();
        services.Configure<DataProtectionTokenProviderOptions>(o => o.TokenLifespan = TimeSpan.FromDays(2));
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = TimeSpan.FromMinutes(5));
        services.ConfigureApplicationCookie(o =>
        {
            o.LoginPath = "/sign-in";
            o.LogoutPath = "/sign-out";
            o.AccessDeniedPath = "/no-access";
            o.ReturnUrlParameter = "returnUrl";
            o.Cookie.Name = "portal";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.ExpireTimeSpan = TimeSpan.FromHours(12);
            o.SlidingExpiration = true;
        });
        services.AddCascadingAuthenticationState();
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Staff, p => p.RequireAuthenticatedUser().RequireAssertion(c => c.User.IsStaff && (!staffNeedTwoFactor || c.User.HasTwoFactor)))
            .AddPolicy(StaffAdmin, p => p.RequireAuthenticatedUser().RequireAssertion(c => c.User.IsStaff && c.User.Role == UserRole.StaffAdmin && (!staffNeedTwoFactor || c.User.HasTwoFactor)));
        services.AddScoped<TenantDoor>();
        return services;
    }

    /// <summary>Routes below <c>/{tenant}</c>: entered through the door before the handler runs, 404 where there is no way in.</summary>
    public static RouteGroupBuilder MapTenant(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/{tenant}").AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var door = http.RequestServices.GetRequiredService<TenantDoor>();
            return await door.RunAsync((string)http.GetRouteValue("tenant")!, http.User, http.RequestAborted) ? await next(context) : Results.NotFound();
        });
}
