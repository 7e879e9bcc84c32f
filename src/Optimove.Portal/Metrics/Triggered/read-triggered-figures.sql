-- Purpose: what the posts about triggered campaigns come to. A figure that was posted counts as it was; one that was not is counted from the customers
--   whose interactions were told, each once.
-- Parameters: none.
-- Result: campaign, metric, value, when it changed last, whether the value is a number of customers who were counted.
select coalesce(f.campaign_id, p.campaign_id), coalesce(f.metric, p.event), coalesce(f.value, p.people), greatest(f.changed_at, p.changed_at), f.value is null
from (
  select campaign_id, metric, sum(value)::bigint as value, max(changed_at) as changed_at
  from triggered_figures group by 1, 2
) f
full join triggered_interaction_people p on p.campaign_id = f.campaign_id and p.event = f.metric
