-- Purpose: the campaigns that a connection is needed for: those that have not gone out, triggered ones that can still send, and those whose delivery
--   figures are still collected.
-- Parameters: $1 connection's id, $2 its number as a channel, by which triggered campaigns know it.
-- Result: one row per occurrence or triggered campaign: the campaign's name and whether it has been sent; not sent first, then by time.
select name, sent
from (
  select c.name, o.state = 'Measuring' as sent, o.send_at
  from occurrences o
  join campaigns c on c.id = o.campaign_id
  where coalesce(nullif(o.connection_id, 0), c.connection_id) = $1
    and o.state in ('Scheduled', 'Preparing', 'Locked', 'Pushing', 'HandedOver', 'Held', 'Incomplete', 'Measuring')
  union all
  select t.name, false, null from triggered_campaigns t where t.channel_id = $2 and t.state in ('Live', 'Paused')
) uses
order by sent, send_at, name
