-- Purpose: the customers of a target group with what decides their fate.
-- Parameters: the rule's own, from $1; {predicate} is the compiled rule, {email} the checked column name of the e-mail attribute, {channel} a fixed word.
-- Result: customer_id, address as it was imported (null when absent), flags: 1 opted out, 2 other customers have the same mailbox.
-- Look-ups and not joins: a join carries each row once more through a hash table, which costs half as much again as the whole scan.
select c.customer_id, c.{email},
       (case when exists (select from channel_preferences p where p.customer_id = c.customer_id and p.channel = '{channel}' and not p.opted_in) then 1 else 0 end)
       + (case when c.customer_id in (select s.customer_id from shared_mailboxes s) then 2 else 0 end)
from customers c
where {predicate}
