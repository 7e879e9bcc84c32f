-- Purpose: keeps what became of the notices of one batch and renews the claim on their listener.
-- Parameters: $1 listener, $2 name of the claim, $3 its length, $4 now (portal clock), then arrays side by side: $5 ids, $6 statuses (null: no answer), $7 milliseconds, $8 faults (null: taken).
-- Result: whether the claim still holds. A notice that was not taken is due again ever more rarely, and given up after a day.
with told as (
  select * from unnest($5::bigint[], $6::int[], $7::int[], $8::text[]) as t (id, status, took, fault)
), settled as (
  update event_deliveries d
  set tries = d.tries + 1, status = t.status, took_ms = t.took, fault = t.fault,
      delivered_at = case when t.fault is null then $4 else d.delivered_at end,
      given_up_at = case when t.fault is not null and d.created_at <= $4 - interval '1 day' then $4 end,
      next_try_at = case when t.fault is not null and d.created_at > $4 - interval '1 day' then $4 + least(interval '5 seconds' * power(2, least(d.tries, 10)), interval '10 minutes') end
  from told t
  where d.tenant_id = current_setting('app.tenant_id')::int and d.id = t.id
)
update event_listeners set lease_until = now() + $3
where tenant_id = current_setting('app.tenant_id')::int and id = $1 and lease_owner = $2
returning true
