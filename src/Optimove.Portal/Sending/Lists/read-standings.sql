-- Purpose: the customers of whom something is known that leaves them out of a list.
-- Parameters: the rule's own, from $1; {channel} a fixed word; who is a double says find-doubles.sql.
-- Result: customer_id, nothing, true when opted out and false when another customer of the same address gets the message.
select p.customer_id, null::text, true from channel_preferences p where p.channel = '{channel}' and not p.opted_in
union all
select d.customer_id, null::text, false from (
  {doubles}
) d
