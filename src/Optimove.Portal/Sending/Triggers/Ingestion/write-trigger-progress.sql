-- Purpose: writes how far customers are with triggers. Rows in which nothing counts any more are removed at night: one that is updated in its place
--   costs half of one that goes and comes back with the next event.
-- Parameters: $1 to $4 arrays of one length: campaign ids, customer ids, times that count and times of second events as array literals.
-- Result: nothing.
insert into trigger_progress (campaign_id, customer_id, times, follows)
select t.campaign_id, t.customer_id, t.times::timestamptz[], t.follows::timestamptz[]
from unnest($1::int[], $2::text[], $3::text[], $4::text[]) as t (campaign_id, customer_id, times, follows)
on conflict (campaign_id, customer_id) do update set times = excluded.times, follows = excluded.follows
