-- Purpose: marks messages as unknown whose process ended while they were in flight.
-- Parameters: $1 now (portal clock).
-- Result: nothing.
with lost as (
  update triggered_sends
  set state = 'unknown', settled_at = $1, lease_until = null, sentence = 'The portal stopped while this call was under way.'
  where state = 'in_flight' and lease_until < now()
  returning 1
)
insert into triggered_send_seconds as x (second, accepted, failed, unknown, slowest_ms)
select date_trunc('second', $1), 0, 0, count(*)::int, 0 from lost having count(*) > 0
on conflict (second) do update set unknown = x.unknown + excluded.unknown
