-- Purpose: the customers of a target group with what decides their fate; ids and addresses as bytes, because nothing reads them as text here.
-- Parameters: the rule's own, from $1; {predicate} is the compiled rule, {email} the checked column name of the e-mail attribute, {channel} a fixed word.
-- Result: customer_id, address (lower case, trimmed; null when absent), flags: 1 opted out, 2 mailbox already in this list under another id.
with audience as (
  select c.customer_id, lower(btrim(c.{email})) as address, p.customer_id is not null as opted_out
  from customers c
  left join channel_preferences p on p.customer_id = c.customer_id and p.channel = '{channel}' and not p.opted_in
  where {predicate}
), doubles as (
  select customer_id
  from (
    select s.customer_id, row_number() over (partition by s.address order by s.customer_id) as nth
    from shared_mailboxes s
    join customers c on c.customer_id = s.customer_id
    left join channel_preferences p on p.customer_id = c.customer_id and p.channel = '{channel}' and not p.opted_in
    where p.customer_id is null and {predicate}
  ) sharing
  where nth > 1
)
select convert_to(a.customer_id, 'UTF8'), convert_to(a.address, 'UTF8'),
       (case when a.opted_out then 1 else 0 end) + (case when d.customer_id is not null then 2 else 0 end)
from audience a
left join doubles d on d.customer_id = a.customer_id
