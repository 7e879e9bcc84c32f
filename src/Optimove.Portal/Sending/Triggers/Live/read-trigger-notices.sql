-- Purpose: how the notices of met triggers fare, listener by listener through the indexes that begin with the listener.
-- Parameters: $1 tenant id, $2 event type, $3 since when they were made, $4 now, $5 most waiting ones to count of a listener.
-- Result: waiting, taken, given up, milliseconds from made to taken of the slowest (null: none), milliseconds that the oldest waits (null: none waits).
select coalesce(sum(w.waiting), 0)::bigint, coalesce(sum(r.taken), 0)::bigint, coalesce(sum(r.given_up), 0)::bigint,
       max(r.slowest)::float8, (extract(epoch from $4 - min(o.created_at)) * 1000)::float8
from event_listeners l
cross join lateral (
  select count(*) as waiting from (select from event_deliveries d where d.tenant_id = $1 and d.listener_id = l.id and d.next_try_at is not null limit $5) counted
) w
left join lateral (
  select d.created_at from event_deliveries d where d.tenant_id = $1 and d.listener_id = l.id and d.next_try_at is not null order by d.id limit 1
) o on true
cross join lateral (
  select count(d.delivered_at) as taken, count(d.given_up_at) as given_up, max(extract(epoch from d.delivered_at - d.created_at) * 1000) as slowest
  from event_deliveries d
  where d.tenant_id = $1 and d.listener_id = l.id and d.created_at > $3
) r
where l.tenant_id = $1 and l.event_type = $2
