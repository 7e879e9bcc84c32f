-- Purpose: how far the hand-over of some occurrences has come, from the ledger.
-- Parameters: $1 occurrences.
-- Result: occurrence, accepted, rejected, unknown; no row for one without a call that carries people.
select occurrence_id,
       coalesce(sum(recipients - rejections) filter (where state = 'Accepted'), 0)::int,
       coalesce(sum(rejections) filter (where state = 'Accepted'), 0)::int,
       coalesce(sum(recipients) filter (where state = 'Unknown'), 0)::int
from send_steps
where occurrence_id = any($1) and chunk is not null
group by occurrence_id
