-- Purpose: the campaigns that a connection is needed for: those that have not gone out, and those whose delivery figures are still collected.
-- Parameters: $1 connection's id.
-- Result: one row per occurrence: the campaign's name and whether it has been sent; not sent first, then by time.
select c.name, o.state = 'Measuring' as sent
from occurrences o
join campaigns c on c.id = o.campaign_id
where coalesce(nullif(o.connection_id, 0), c.connection_id) = $1
  and o.state in ('Scheduled', 'Preparing', 'Locked', 'Pushing', 'HandedOver', 'Held', 'Incomplete', 'Measuring')
order by sent, o.send_at, c.name
