-- Purpose: what the customers who entered a triggered campaign did in the time after they first did. Everyone to whom it was sent or who was held back
--   counts, by the first decision about them; who did nothing counts as 0.
-- Parameters: $1 campaign, $2 until when purchases are known, $3 hours that count after the first decision.
-- Result: test, customers who entered, those of them whose time is over, and of these those who are still in the customer data, the responders, the sum
--   of their values and the sum of squares.
with entered as materialized (
  select distinct on (customer_id) customer_id, decided_at, decided_at + make_interval(hours => $3) as until, fate = 'sent' as test
  from trigger_decisions
  where campaign_id = $1 and fate in ('sent', 'control')
  order by customer_id, id
), totals as (
  select e.test, t.customer_id, sum(t.amount)::float8 as value
  from entered e
  join transactions t on t.customer_id = e.customer_id and t.occurred_at >= e.decided_at and t.occurred_at < e.until
  where e.until <= $2
  group by 1, 2
), bought as (
  select test, count(*) as responders, sum(value) as value, sum(value * value) as squares from totals group by 1
), groups as (
  select e.test, count(*) as customers, count(*) filter (where e.until <= $2) as over, count(c.customer_id) filter (where e.until <= $2) as known
  from entered e
  left join customers c on c.customer_id = e.customer_id
  group by 1
)
select g.test, g.customers, g.over, g.known, coalesce(b.responders, 0), coalesce(b.value, 0), coalesce(b.squares, 0)
from groups g
left join bought b on b.test = g.test
