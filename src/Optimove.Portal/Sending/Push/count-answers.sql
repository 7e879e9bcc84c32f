-- Purpose: what has become of the people to hand over, from the ledger.
-- Parameters: $1 occurrence.
-- Result: accepted, rejected, unknown, and how many steps of any kind have an unknown outcome.
select coalesce(sum(recipients - rejections) filter (where chunk is not null and state = 'Accepted'), 0)::int,
       coalesce(sum(rejections) filter (where chunk is not null and state = 'Accepted'), 0)::int,
       coalesce(sum(recipients) filter (where chunk is not null and state in ('Unknown', 'InFlight')), 0)::int,
       (count(*) filter (where state in ('Unknown', 'InFlight')))::int
from send_steps
where occurrence_id = $1
