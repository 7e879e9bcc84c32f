-- Purpose: adds what customers did to the interactions of an occurrence, and those who did it for the first time to its people; posts of one occurrence wait for each other.
-- Parameters: $1 occurrence, $2 customers, $3 event, $4 day, $5 the partner's number of the template, $6 app or null, $7 now.
-- Result: one of the customers who is not on the list, and then nothing is to be kept; null when all were taken.
-- Each customer is looked up by key. As a join it would be planned from statistics that know nothing of the posts of the last minute, and compare all with all.
with told as (
  select customer_id, count(*)::int as times from unnest($2::text[]) as t (customer_id) group by 1
), people as (
  insert into interaction_people as known (occurrence_id, event, people)
  select $1, $3, count(*)::int from told t where (select true from interactions i where i.occurrence_id = $1 and i.event = $3 and i.customer_id = t.customer_id limit 1) is null
  on conflict (occurrence_id, event) do update set people = known.people + excluded.people
), kept as (
  insert into interactions as known (occurrence_id, event, customer_id, day, template_number, times, app_id, told_at)
  select $1, $3, customer_id, $4, $5, times, $6, $7 from told order by customer_id
  on conflict (occurrence_id, event, customer_id, day, template_number) do update
  set times = known.times + excluded.times, app_id = excluded.app_id, told_at = excluded.told_at
)
select min(t.customer_id)
from told t
where (select true from recipients r where r.occurrence_id = $1 and r.customer_id = t.customer_id and r.chunk is not null limit 1) is null
