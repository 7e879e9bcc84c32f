-- Purpose: the campaigns that have not gone out and take a template's subject line when their list is made.
-- Parameters: $1 template's id.
-- Result: the campaigns' names, in order.
select distinct c.name
from campaigns c
join occurrences o on o.campaign_id = c.id
where c.template_id = $1 and o.state in ('Scheduled', 'Preparing', 'Held')
order by c.name
