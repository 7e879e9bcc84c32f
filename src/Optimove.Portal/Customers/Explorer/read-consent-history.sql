-- Purpose: what a customer wished about channels and when, newest first; wishes of before their history was kept are there once, as they stand.
-- Parameters: $1 the customer's id, $2 most rows.
-- Result: channel, opted_in, source, changed_by or null, changed_at.
with changes as (
  select r.id, r.channel, r.opted_in, r.source, r.changed_by, r.changed_at
  from preference_changes c join preference_reports r on r.id = c.report_id
  where c.customer_id = $1
)
select channel, opted_in, source, changed_by, changed_at from (
  select * from changes
  union all
  select 0, p.channel, p.opted_in, p.source, null, p.changed_at from channel_preferences p
  where p.customer_id = $1 and not exists (select from changes c where c.channel = p.channel and c.changed_at = p.changed_at)
) told
order by changed_at desc, id desc, channel
limit $2
