-- Purpose: what a customer wished about channels and when, newest first; wishes of before their history was kept are there once, as they stand.
-- Parameters: $1 the customer's id, $2 most rows.
-- Result: channel, opted_in, source, changed_by or null, changed_at.
select channel, opted_in, source, changed_by, changed_at from preference_changes where customer_id = $1
union all
select p.channel, p.opted_in, p.source, null, p.changed_at from channel_preferences p
where p.customer_id = $1
  and not exists (select from preference_changes c where c.customer_id = $1 and c.channel = p.channel and c.changed_at = p.changed_at)
order by changed_at desc, channel
limit $2
