-- Purpose: the events that come next to be decided by, in the order in which they were kept.
-- Parameters: $1 how many at most.
-- Result: number, the definition's id, when it happened, when it was kept, event id, customer id, parameters as text.
select e.number, e.event_type, e.occurred_at, e.received_at, e.event_id, e.customer_id, e.parameters::text
from customer_events e
where e.number > (select decided from trigger_mark)
order by e.number
limit $1
