-- Purpose: the notices of a listener that come next, in their order.
-- Parameters: $1 listener, $2 most.
-- Result: id, body and when each is due; only the first decides whether anything is posted, because none overtakes another.
select id, body, next_try_at
from event_deliveries
where tenant_id = current_setting('app.tenant_id')::int and listener_id = $1 and next_try_at is not null
order by id
limit $2
