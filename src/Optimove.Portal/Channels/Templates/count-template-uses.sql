-- Purpose: in how many campaigns each template of a connection is used.
-- Parameters: $1 connection's id.
-- Result: one row per template in use: its id, campaigns that use it (drafts and archived ones left out), those of them that have not gone out.
select t.id,
       count(distinct c.id) filter (where c.state <> 'Draft') as campaigns,
       count(distinct c.id) filter (where o.state in ('Scheduled', 'Preparing', 'Locked', 'Held')) as waiting
from templates t
join campaigns c on c.template_id = t.id and c.archived_at is null
left join occurrences o on o.campaign_id = c.id
where t.connection_id = $1
group by t.id
