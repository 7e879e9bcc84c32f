-- Purpose: the campaigns that use target groups, each with where its latest occurrence stands, and the triggered campaigns that have not ended; the most pressing first.
-- Parameters: $1 the groups' ids (int[]).
-- Result: group id, campaign id, campaign's name, state (the occurrence's, else the campaign's), send date or null,
--         waits: the group is read again before anything is sent; triggered: the id is a triggered campaign's.
select group_id, id, name, state, send_date, waits, triggered
from (
  select c.target_group_id as group_id, c.id, c.name, c.state = 'Draft' as is_draft, coalesce(o.state, c.state) as state, coalesce(o.date, c.send_date) as send_date,
         c.state = 'Scheduled' and (o.id is null or o.listed_at is null and o.state in ('Scheduled', 'Preparing', 'Held')) as waits, false as triggered
  from campaigns c
  left join lateral (
    select id, state, date, listed_at from occurrences where campaign_id = c.id order by date desc limit 1
  ) o on true
  where c.archived_at is null and c.target_group_id = any ($1)
  union all
  select t.target_group_id, t.id, t.name, t.state = 'Draft', t.state, null, t.state in ('Live', 'Paused'), true
  from triggered_campaigns t
  where t.state <> 'Ended' and t.target_group_id = any ($1)
) uses
order by waits desc, is_draft desc, send_date desc nulls last, id desc
