-- Purpose: the campaigns that use target groups, each with where its latest occurrence stands; the most pressing first.
-- Parameters: $1 the groups' ids (int[]).
-- Result: group id, campaign id, campaign's name, state (the occurrence's, else the campaign's), send date or null,
--         waits: the group is read again before anything is sent.
select c.target_group_id, c.id, c.name, coalesce(o.state, c.state) as state, coalesce(o.date, c.send_date) as send_date,
       c.state = 'Scheduled' and (o.id is null or o.listed_at is null and o.state in ('Scheduled', 'Preparing', 'Held')) as waits
from campaigns c
left join lateral (
  select id, state, date, listed_at from occurrences where campaign_id = c.id order by date desc limit 1
) o on true
where c.archived_at is null and c.target_group_id = any ($1)
order by waits desc, c.state = 'Draft' desc, send_date desc nulls last, c.id desc
