-- Purpose: the two roles that every tenant shares; see TenantWall.
-- Parameters: app.new_password (setting): password of the app's role, empty where the server asks for none.
-- Result: nothing; running it again sets the password anew.
do $$
begin
  begin
    create role portal_tenant nologin;
  exception when duplicate_object or unique_violation then null;
  end;
  begin
    create role portal_app login noinherit;
  exception when duplicate_object or unique_violation then null;
  end;
  -- Roles belong to the whole server, and the turn only to this database: another one's portal may change them at the same moment
  -- ("tuple concurrently updated").
  for attempt in 1..20 loop
    begin
      if current_setting('app.new_password') <> '' then
        execute format('alter role portal_app password %L', current_setting('app.new_password'));
      end if;
      -- Quartz makes its tables itself, with the app's role, in a schema of its own.
      execute format('grant portal_app to %I', current_user);
      exit;
    exception when internal_error then
      if attempt = 20 then raise; end if;
      perform pg_sleep(0.05 * random());
    end;
  end loop;
  create schema if not exists quartz authorization portal_app;
end
$$;
