-- Purpose: the customers of a target group with what decides their fate.
-- Parameters: the rule's own, from $1; {predicate} is the compiled rule, {column} the checked column by which the provider knows customers,
--   {field} its name, {channel} a fixed word, {hasNoApp} when the customer uses none of the template's apps.
-- Result: customer_id, address as it was imported (null when absent), flags: 1 opted out, 2 other customers have the same address, 4 no app.
-- Look-ups and not joins: a join carries each row once more through a hash table, which costs half as much again as the whole scan.
select c.customer_id, c.{column},
       (case when exists (select from channel_preferences p where p.customer_id = c.customer_id and p.channel = '{channel}' and not p.opted_in) then 1 else 0 end)
       + (case when c.customer_id in (select s.customer_id from shared_mailboxes s where s.field = '{field}') then 2 else 0 end)
       + (case when {hasNoApp} then 4 else 0 end)
from customers c
where {predicate}
