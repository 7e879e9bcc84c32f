-- Purpose: ten customers of a rule, drawn at random, with what the page shows of them.
-- Parameters: the rule's own, from $1; {predicate} is the compiled rule, {columns} checked column names of customers, each after a comma,
--             {since} the place of the first instant of the twelve months that are summed up.
-- Result: customer_id, last purchase (timestamptz or null), amount spent since then (0 without a purchase), then the columns.
with drawn as materialized (
  select c.customer_id from customers c where {predicate} order by random() limit 10
)
select c.customer_id, bought.latest, bought.spent{columns}
from drawn d
join customers c on c.customer_id = d.customer_id
cross join lateral (
  select max(t.occurred_at) as latest, coalesce(sum(t.amount) filter (where t.occurred_at >= {since}), 0) as spent
  from transactions t
  where t.customer_id = d.customer_id
) bought
order by c.customer_id
