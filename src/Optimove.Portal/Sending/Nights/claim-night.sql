-- Purpose: claims the tenant's night, making its row when this is the first to come; one process runs a night.
-- Parameters: $1 tenant, $2 date, $3 owner, $4 length of the claim, $5 now (portal clock).
-- Result: the id of the claimed night, or no row when it is done or another process runs it.
insert into nights (tenant_id, date, state, started_at, groups_counted, decision, lease_owner, lease_until)
values ($1, $2, 'Running', $5, 0, 'None', $3, now() + $4)
on conflict (tenant_id, date) do update
  set lease_owner = $3, lease_until = now() + $4
  where nights.state <> 'Done' and (nights.lease_until is null or nights.lease_until < now())
returning id
