-- Purpose: how far customers are with triggers.
-- Parameters: $1 and $2 arrays of one length: campaign ids, customer ids.
-- Result: campaign id, customer id, times that count, times of second events, when last sent or held back (null: never), how often met too early since.
select p.campaign_id, p.customer_id, p.times, p.follows, p.entered_at, p.limited
from unnest($1::int[], $2::text[]) as a (campaign_id, customer_id)
join trigger_progress p on p.campaign_id = a.campaign_id and p.customer_id = a.customer_id
