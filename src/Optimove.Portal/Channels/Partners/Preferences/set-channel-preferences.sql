-- Purpose: gives customers a preference of a channel and keeps the report of those that it changed. Most are known, and an update of those costs
--          two thirds of what an upsert does; the others are added.
-- Parameters: $1 customers, each once, $2 channel, $3 opted in, $4 source, $5 when, $6 who told it.
-- Result: nothing; a preference that does not change keeps its source and time. Runs alone among the writers of preferences.
with updated as (
  update channel_preferences p set opted_in = $3, source = $4, changed_at = $5
  from unnest($1) as told (customer_id)
  where p.customer_id = told.customer_id and p.channel = $2 and p.opted_in <> $3
  returning p.customer_id
), added as (
  insert into channel_preferences (customer_id, channel, opted_in, source, changed_at)
  select told.customer_id, $2, $3, $4, $5 from unnest($1) as told (customer_id)
  where not exists (select from channel_preferences p where p.customer_id = told.customer_id and p.channel = $2)
  returning customer_id
), changed as (
  select customer_id from updated
  union all
  select customer_id from added
), report as (
  insert into preference_reports (channel, opted_in, source, changed_by, changed_at)
  select $2, $3, $4, $6, $5 where exists (select from changed)
  returning id
)
insert into preference_changes (report_id, customer_id) select r.id, c.customer_id from changed c cross join report r
