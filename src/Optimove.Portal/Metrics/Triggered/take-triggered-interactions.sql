-- Purpose: adds what customers did with a triggered campaign's messages, and those who did it for the first time to its people; posts of one campaign
--   wait for each other.
-- Parameters: $1 campaign, $2 customers, $3 event, $4 day, $5 the partner's number of the template, $6 app or null, $7 now.
-- Result: one of the customers to whom the campaign sent nothing, and then nothing is to be kept; null when all were taken.
-- Each customer is looked up by key; see take-interactions.sql. The sum keeps the planner from taking the index of a campaign of which it knows nothing yet.
with told as (
  select customer_id, count(*)::int as times from unnest($2::text[]) as t (customer_id) group by 1
), people as (
  insert into triggered_interaction_people as known (campaign_id, event, people, changed_at)
  select $1, $3, count(*)::int, $7 from told t where (select true from triggered_interactions i where i.campaign_id = $1 and i.event = $3 and i.customer_id = t.customer_id limit 1) is null
  on conflict (campaign_id, event) do update set people = known.people + excluded.people, changed_at = excluded.changed_at
), kept as (
  insert into triggered_interactions as known (campaign_id, event, customer_id, day, template_number, times, app_id, told_at)
  select $1, $3, customer_id, $4, $5, times, $6, $7 from told order by customer_id
  on conflict (campaign_id, event, customer_id, day, template_number) do update
  set times = known.times + excluded.times, app_id = excluded.app_id, told_at = excluded.told_at
)
select min(t.customer_id)
from told t
where (select true from trigger_decisions d where d.customer_id = t.customer_id and d.campaign_id + 0 = $1 and d.fate = 'sent' limit 1) is null
