-- Purpose: in how many campaigns each template of a connection is used, triggered ones included.
-- Parameters: $1 connection's id.
-- Result: one row per template in use: its id, campaigns that use it (drafts and archived ones left out), those of them that can still send.
select t.id, count(*) filter (where not u.is_draft) as campaigns, count(*) filter (where u.can_send) as waiting
from templates t
join (
  select c.template_id, c.state = 'Draft' as is_draft,
         exists (select from occurrences o where o.campaign_id = c.id and o.state in ('Scheduled', 'Preparing', 'Locked', 'Held')) as can_send
  from campaigns c
  where c.archived_at is null
  union all
  select c.action_id, c.state = 'Draft', c.state in ('Live', 'Paused')
  from triggered_campaigns c
) u on u.template_id = t.id
where t.connection_id = $1
group by t.id
