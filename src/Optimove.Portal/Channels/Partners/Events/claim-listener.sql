-- Purpose: takes a listener whose first waiting notice is due, so that one process alone posts to it and its notices keep their order.
-- Parameters: $1 name of the claim, $2 its length, $3 now (portal clock), $4 the listener, or null for any.
-- Result: id, url and encrypted signing key of the claimed listener, or no row.
update event_listeners l
set lease_owner = $1, lease_until = now() + $2
from (
  select l.id, a.signing_key
  from event_listeners l
  join api_credentials a on a.id = l.credential_id and a.tenant_id = l.tenant_id
  where l.tenant_id = current_setting('app.tenant_id')::int
    and ($4::int is null or l.id = $4)
    and (l.lease_until is null or l.lease_until < now())
    and (select d.next_try_at from event_deliveries d where d.tenant_id = l.tenant_id and d.listener_id = l.id and d.next_try_at is not null order by d.id limit 1) <= $3
  order by l.id
  limit 1
  for update of l skip locked
) due
where l.id = due.id
returning l.id, l.url, due.signing_key
