-- Purpose: how the messages of a campaign to its provider fare.
-- Parameters: $1 campaign, $2 most open ones to count.
-- Result: waiting, in flight, unknown, accepted, refused, given up, why the latest that waits again does (null: none).
select (select count(*) from (select from triggered_sends where state = 'waiting' and campaign_id = $1 limit $2) w),
       (select count(*) from (select from triggered_sends where state = 'in_flight' and campaign_id = $1 limit $2) f),
       (select count(*) from (select from triggered_sends where state = 'unknown' and campaign_id = $1 limit $2) u),
       coalesce((select sends from triggered_send_totals where campaign_id = $1 and state = 'accepted'), 0),
       coalesce((select sends from triggered_send_totals where campaign_id = $1 and state = 'refused'), 0),
       coalesce((select sends from triggered_send_totals where campaign_id = $1 and state = 'given_up'), 0),
       (select sentence from triggered_sends where state = 'waiting' and campaign_id = $1 and sentence is not null order by next_try_at desc limit 1)
