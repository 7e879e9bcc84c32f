-- Purpose: how the messages of met triggers to providers fare, by the counters of the last minutes and the few that are open.
-- Parameters: $1 since when, $2 now, $3 most open ones to count.
-- Result: waiting or in flight, accepted, failed, unknown, milliseconds from the decision to the answer of the slowest (null: none), milliseconds that
--   the oldest waits (null: none waits).
select w.waiting + f.flying, coalesce(s.accepted, 0), coalesce(s.failed, 0), coalesce(s.unknown, 0), case when s.accepted > 0 then s.slowest end::float8,
       (extract(epoch from $2 - w.oldest) * 1000)::float8
from (select count(*) as waiting, min(decided_at) as oldest from (select decided_at from triggered_sends where state = 'waiting' limit $3) counted) w
cross join (select count(*) as flying from (select from triggered_sends where state = 'in_flight' limit $3) counted) f
cross join (select sum(accepted) as accepted, sum(failed) as failed, sum(unknown) as unknown, max(slowest_ms) as slowest from triggered_send_seconds where second > $1) s
