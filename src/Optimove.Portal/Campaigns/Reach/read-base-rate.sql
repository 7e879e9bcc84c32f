-- Purpose: how a target group's customers buy without a campaign, as the basis of the power meter.
-- Parameters: $1 from and $2 until, as instants; the rule's own from $3; {predicate} is the compiled rule.
-- Result: customers, customers with at least one transaction, sum of amounts, number of transactions.
select count(*), count(t.customer_id), coalesce(sum(t.amount), 0), coalesce(sum(t.purchases), 0)::bigint
from customers c
left join (
  select customer_id, sum(amount) as amount, count(*) as purchases
  from transactions
  where occurred_at >= $1 and occurred_at < $2
  group by customer_id
) t on t.customer_id = c.customer_id
where {predicate}
