-- Purpose: the customers who do not get a message because another one of the same address does: of those who could get it the first by id.
-- Parameters: those of the statement that this stands in; {predicate} is the compiled rule, {field} the name of the column by which the
--   provider knows customers, {hasNoApp} when the customer uses none of the template's apps, {channel} a fixed word.
-- Result: customer_id.
select customer_id
from (
  select s.customer_id, row_number() over (partition by s.address order by s.customer_id collate "C") as nth
  from shared_mailboxes s
  join customers c on c.customer_id = s.customer_id
  left join channel_preferences p on p.customer_id = c.customer_id and p.channel = '{channel}' and not p.opted_in
  where s.field = '{field}' and p.customer_id is null and not {hasNoApp} and {predicate}
) sharing
where nth > 1
