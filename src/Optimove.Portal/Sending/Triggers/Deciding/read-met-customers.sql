-- Purpose: what decides about the customers who met a trigger just now, each looked up by key.
-- Parameters: $1 customer ids (text[]), $2 the channel's name among preferences, $3 the apps of the template (text[]; null: no such
--   limit); from $4 the audience rule's own; {predicate} is the compiled rule, {address} by what the provider knows the customer, or null,
--   {columns} the tags as text, each after a comma.
-- Result: customer id, whether in the target group, whether opted out of the channel, address (null: none),
--   whether the customer uses none of the apps, the tags; no row for a customer who is not known.
-- The rule stands in the list of columns, not in the where clause: its look-ups are then made for each of these few customers by index, and never
-- turned into a join that reads every customer's purchases.
select c.customer_id,
       ({predicate}) is true as is_member,
       exists (select from channel_preferences p where p.customer_id = c.customer_id and p.channel = $2 and not p.opted_in) as opted_out,
       nullif(btrim({address}), '') as address,
       $3::text[] is not null and not exists (select from customer_apps x where x.customer_id = c.customer_id and x.app_id = any ($3)) as has_no_app{columns}
from customers c
where c.customer_id = any ($1)
