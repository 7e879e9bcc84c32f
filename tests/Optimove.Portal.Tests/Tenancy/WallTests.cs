using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Tests.Tenancy;

/// <summary>The wall between tenants, table by table as the model has them, through EF and through SQL.</summary>
public sealed class WallTests(TwoTenants tenants) : IClassFixture<TwoTenants>
{
    private const string Denied = PostgresErrorCodes.InsufficientPrivilege;
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_tenant_table_has_the_filter_the_policy_and_an_index_that_begins_with_the_tenant()
    {
        Assert.NotEmpty(tenants.Owned);
        foreach (var entity in tenants.Owned)
        {
            var table = entity.GetTableName()!;
            Assert.Contains(entity.GetDeclaredQueryFilters(), f => f.Key == "tenant");
            Assert.True(await tenants.Database.AskAsync<bool>($"select relrowsecurity from pg_class where oid = 'public.{table}'::regclass"), $"{table}: row-level security is off");
            var policies = await tenants.Database.AskAsync<string>($"select string_agg(policyname || ' ' || cmd || ' ' || roles::text || ' ' || qual || ' ' || with_check, ';') from pg_policies where tablename = '{table}'");
            Assert.StartsWith("wall ALL {portal_tenant}", policies);
            Assert.DoesNotContain(";", policies);
            Assert.Equal(2, policies!.Split("tenant_id = ").Length - 1);
            Assert.True(await tenants.Database.AskAsync<bool>($"""
                select exists (select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] where i.indrelid = 'public.{table}'::regclass and a.attname = 'tenant_id')
                """), $"{table}: no index begins with tenant_id");
        }
    }

    [Fact]
    public async Task Every_table_with_a_tenant_column_is_behind_the_wall() =>
        Assert.Null(await tenants.Database.AskAsync<string>("""
            select string_agg(c.relname::text, ', ') from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relrowsecurity and c.relname <> 'csm_assignments'
            """));

    [Fact]
    public async Task Through_the_product_a_tenant_sees_its_own_rows_and_no_other()
    {
        foreach (var (tenant, rows) in new[] { (tenants.A, 1), (tenants.B, 0) })
        {
            await using var scope = tenants.Enter(tenant);
            await using var db = await TwoTenants.DbAsync(scope);
            foreach (var entity in tenants.Owned) Assert.Equal((entity.ClrType.Name, rows), (entity.ClrType.Name, await CountAsync(db, entity)));
        }
    }

    [Fact]
    public async Task Through_the_product_a_row_of_another_tenant_can_be_neither_saved_nor_taken_over()
    {
        await using var scope = tenants.Enter(tenants.B);
        await using var db = await TwoTenants.DbAsync(scope);
        db.AuditEntries.Add(new() { TenantId = tenants.A.Id, Who = "x", Action = "x.y", Subject = "x" });
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Cancellation));
        db.ChangeTracker.Clear();
        var group = db.TargetGroups.Add(new() { Name = "x", Rule = "{}", CreatedBy = "x", ChangedBy = "x" });
        await db.SaveChangesAsync(Cancellation);
        group.Entity.TenantId = tenants.A.Id;
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Cancellation));
        group.Entity.TenantId = tenants.B.Id;
        db.Remove(group.Entity);
        await db.SaveChangesAsync(Cancellation);
    }

    [Fact]
    public async Task A_statement_that_a_connection_remembers_reads_the_rows_of_whoever_runs_it_and_leaves_no_role_behind()
    {
        const string audited = "select count(*) from audit_entries", own = "select count(*) from customers";
        await tenants.Database.RunAsync($"insert into {tenants.A.Schema}.customers (customer_id) values ('remembered')");
        var processes = new HashSet<int>();
        for (var round = 0; round < 8; round++)
        {
            foreach (var (tenant, rows) in new[] { (tenants.A, 1L), (tenants.B, 0L) })
            {
                await using var connection = await tenants.OpenPreparedAsync(tenant);
                processes.Add(connection.ProcessID);
                Assert.Equal((rows, rows), (await TwoTenants.AskAsync<long>(connection, audited), await TwoTenants.AskAsync<long>(connection, own)));
            }
            await using var nobody = await tenants.Prepared.Source.OpenConnectionAsync(Cancellation);
            Assert.Equal(Denied, await TwoTenants.RefusalAsync(nobody, audited));
            Assert.Equal("none", await TwoTenants.AskAsync<string>(nobody, "select current_setting('role')"));
        }
        Assert.Single(processes);
        await using var last = await tenants.OpenPreparedAsync(tenants.A);
        Assert.True(await TwoTenants.AskAsync<bool>(last, "select bool_or(statement like '%audit_entries%') from pg_prepared_statements"));
    }

    [Fact]
    public async Task Through_sql_a_tenant_cannot_see_change_delete_or_plant_rows_of_another()
    {
        await using var a = await tenants.OpenAsync(tenants.A);
        await using var b = await tenants.OpenAsync(tenants.B);
        foreach (var entity in tenants.Owned)
        {
            var table = TwoTenants.TableOf(entity);
            Assert.Equal((table, 1L), (table, await TwoTenants.AskAsync<long>(a, $"select count(*) from {table}")));
            Assert.Equal((table, 0L), (table, await TwoTenants.AskAsync<long>(b, $"select count(*) from {table}")));
            if (entity.ClrType != typeof(AuditEntry))
            {
                Assert.Equal((table, 0), (table, await RowsAsync(b, $"update {table} set tenant_id = tenant_id")));
                Assert.Equal((table, 0), (table, await RowsAsync(b, $"delete from {table}")));
            }
            var row = await TwoTenants.AskAsync<string>(a, $"select to_jsonb(t)::text from {table} t");
            var plant = $"insert into {table} select * from jsonb_populate_record(null::{table}, $1::jsonb)";
            Assert.Equal((table, Denied), (table, await TwoTenants.RefusalAsync(b, plant, row)));
            // The same statement is refused to the owner of the row for its key alone: the wall lets it through.
            Assert.Equal((table, PostgresErrorCodes.UniqueViolation), (table, await TwoTenants.RefusalAsync(a, plant, row)));
        }
    }

    [Fact]
    public async Task Without_a_tenants_role_the_app_reaches_no_tenant_table_and_no_tenant_schema()
    {
        await using var app = await tenants.App.OpenConnectionAsync(Cancellation);
        foreach (var entity in tenants.Owned)
        {
            Assert.Equal((entity.Name, Denied), (entity.Name, await TwoTenants.RefusalAsync(app, $"select * from {TwoTenants.TableOf(entity)}")));
            Assert.Equal((entity.Name, Denied), (entity.Name, await TwoTenants.RefusalAsync(app, $"delete from {TwoTenants.TableOf(entity)}")));
        }
        Assert.Equal(Denied, await TwoTenants.RefusalAsync(app, $"select * from {tenants.A.Schema}.customers"));
        await TwoTenants.AskAsync<string>(app, $"select set_config('app.tenant_id', '{tenants.A.Id}', false)");
        Assert.Equal(Denied, await TwoTenants.RefusalAsync(app, "select * from audit_entries"));
    }

    [Fact]
    public async Task A_tenants_schema_is_out_of_reach_of_every_other_role()
    {
        await using var a = await tenants.OpenAsync(tenants.A);
        await using var b = await tenants.OpenAsync(tenants.B);
        Assert.Null(await TwoTenants.RefusalAsync(a, "insert into customers (customer_id) values ('c1')"));
        foreach (var statement in new[] { "select * from {0}.customers", "insert into {0}.customers (customer_id) values ('c1')", "drop table {0}.customers", "create table {0}.mine (v int)", "drop schema {0} cascade" })
            Assert.Equal((statement, Denied), (statement, await TwoTenants.RefusalAsync(b, string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, tenants.A.Schema))));
    }

    [Fact]
    public async Task The_tables_of_the_front_door_show_a_tenant_itself_alone()
    {
        await using var b = await tenants.OpenAsync(tenants.B);
        Assert.Equal(tenants.B.Id, await TwoTenants.AskAsync<int>(b, "select sum(id)::int from tenants"));
        await tenants.Database.RunAsync($"""
            insert into users (full_name, tenant_id, role, created_at, user_name, normalized_user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            values ('of A', {tenants.A.Id}, 'Marketer', now(), 'a', 'A', false, false, false, true, 0), ('staff', null, 'StaffAdmin', now(), 's', 'S', false, false, false, true, 0);
            insert into visits (tenant_id, user_id, entered_at) select {tenants.A.Id}, id, now() from users where user_name = 's';
            """);
        Assert.Equal(0, await TwoTenants.AskAsync<long>(b, "select count(*) from users"));
        Assert.Equal(0, await TwoTenants.AskAsync<long>(b, "select count(*) from visits"));
        Assert.Equal(0, await RowsAsync(b, "update users set role = 'StaffAdmin'"));
        Assert.Equal(Denied, await TwoTenants.RefusalAsync(b, "update tenants set name = 'x'"));
        Assert.Equal(Denied, await TwoTenants.RefusalAsync(b, "insert into users (full_name, tenant_id, role, created_at, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count) values ('x', null, 'StaffAdmin', now(), false, false, false, true, 0)"));
        foreach (var table in new[] { "user_tokens", "data_protection_keys", "csm_assignments" }) Assert.Equal((table, Denied), (table, await TwoTenants.RefusalAsync(b, $"select * from {table}")));
    }

    [Fact]
    public async Task An_audit_entry_is_changed_or_deleted_by_nobody_not_even_its_tenant()
    {
        await using var a = await tenants.OpenAsync(tenants.A);
        foreach (var statement in new[] { "update audit_entries set who = 'somebody else'", "delete from audit_entries", "truncate audit_entries" })
            Assert.Equal((statement, Denied), (statement, await TwoTenants.RefusalAsync(a, statement)));
    }

    [Fact]
    public async Task The_roles_that_the_app_works_with_own_nothing_shared_and_are_above_nothing() =>
        Assert.Null(await tenants.Database.AskAsync<string>($"""
            select string_agg(rolname::text, ', ') from pg_roles r
            where (rolname in ('portal_app', 'portal_tenant', '{tenants.A.DatabaseRole}', '{tenants.B.DatabaseRole}'))
              and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
                   or exists (select from pg_class c where c.relnamespace = 'public'::regnamespace and c.relowner = r.oid)
                   or pg_has_role(r.oid, 'pg_read_all_data', 'member') or pg_has_role(r.oid, 'pg_write_all_data', 'member'))
            """));

    [Fact]
    public async Task A_connection_that_comes_back_to_the_pool_has_forgotten_its_tenant()
    {
        int process;
        await using (var a = await tenants.OpenAsync(tenants.A)) process = a.ProcessID;
        for (var i = 0; i < 100; i++)
        {
            await using var next = await tenants.App.OpenConnectionAsync(Cancellation);
            Assert.Equal("portal_app/", await TwoTenants.AskAsync<string>(next, "select current_user || '/' || coalesce(current_setting('app.tenant_id', true), '')"));
            if (next.ProcessID == process) return;
        }
        Assert.Fail("The pool never gave the connection out again.");
    }

    [Fact]
    public async Task A_scope_works_for_one_tenant_only_and_for_none_before_it_has_entered()
    {
        await using var nobody = tenants.EnterNobody();
        Assert.Throws<InvalidOperationException>(() => nobody.ServiceProvider.GetRequiredService<TenantContext>().Current);
        await using var db = await TwoTenants.DbAsync(nobody);
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.AuditEntries.CountAsync(Cancellation));
        await using var scope = tenants.Enter(tenants.A);
        Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(tenants.B));
        Assert.Throws<RefusedException>(() => scope.ServiceProvider.GetRequiredService<Actor>().MustEdit(TimeProvider.System));
    }

    [Fact]
    public async Task A_secret_of_one_tenant_cannot_be_read_as_another()
    {
        await using var a = tenants.Enter(tenants.A);
        await using var b = tenants.Enter(tenants.B);
        var secret = a.ServiceProvider.GetRequiredService<TenantSecrets>().Protect("key-us1");
        Assert.Equal("key-us1", a.ServiceProvider.GetRequiredService<TenantSecrets>().Unprotect(secret));
        Assert.Throws<RefusedException>(() => b.ServiceProvider.GetRequiredService<TenantSecrets>().Unprotect(secret));
    }

    private static Task<int> CountAsync(PortalDb db, IEntityType entity) =>
        (Task<int>)typeof(WallTests).GetMethod(nameof(CountOfAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(entity.ClrType).Invoke(null, [db])!;

    private static Task<int> CountOfAsync<T>(PortalDb db) where T : class => db.Set<T>().CountAsync(Cancellation);

    private static async Task<int> RowsAsync(NpgsqlConnection connection, string sql)
    {
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        return await command.ExecuteNonQueryAsync(Cancellation);
    }
}
