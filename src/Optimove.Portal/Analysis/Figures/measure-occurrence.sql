-- Purpose: what the test and the control group of an occurrence did in its window. Everyone assigned counts, whether reached or not; who did nothing counts as 0.
-- Parameters: $1 occurrence, $2 start (the planned send time, the same for both groups) and $3 end of the window, $4 whether the KPI is revenue (else the number of purchases).
-- Result: part, test, day, customers, responders, value, squares; rows of four parts:
--   group: customers assigned, and as responders those of them who are still in the customer data;
--   day: first-time responders of that day (24 hours each from the start, from 0), and what it adds to the sum and to the sum of squares of the customers' values so far;
--   capped: sum and sum of squares with each customer's value capped;
--   skew: as value the cap (pooled 99th percentile of all assigned, nearest rank), as squares the share of the sum that the top 1 % hold.
with bought as materialized (
  select r.chunk is not null as test, t.customer_id, floor(date_part('epoch', t.occurred_at - $2) / 86400)::int as day,
         case when $4 then sum(t.amount)::float8 else count(*)::float8 end as value
  from recipients r
  join transactions t on t.customer_id = r.customer_id and t.occurred_at >= $2 and t.occurred_at < $3
  where r.occurrence_id = $1 and r.reason is null
  group by 1, 2, 3
), growing as (
  select test, day, value,
         coalesce(sum(value) over (partition by customer_id order by day rows between unbounded preceding and 1 preceding), 0) as earlier,
         row_number() over (partition by customer_id order by day) = 1 as first
  from bought
), totals as materialized (
  select test, customer_id, sum(value) as value from bought group by test, customer_id
), groups as materialized (
  select r.chunk is not null as test, count(*) as customers, count(c.customer_id) as known
  from recipients r
  left join customers c on c.customer_id = r.customer_id
  where r.occurrence_id = $1 and r.reason is null
  group by 1
), size as (
  select coalesce(sum(customers), 0)::bigint as customers from groups
), ranked as (
  select value, row_number() over (order by value desc) as rank from totals
), skew as (
  select max(value) filter (where rank = size.customers - ceil(size.customers * 0.99) + 1) as cap,
         sum(value) filter (where rank <= greatest(1, size.customers / 100)) / nullif(sum(value), 0) as top
  from ranked cross join size
)
select 'group' as part, test, null::int as day, customers, known as responders, null::float8 as value, null::float8 as squares from groups
union all
select 'day', test, day, null, count(*) filter (where first), sum(value), sum(value * (2 * earlier + value)) from growing group by test, day
union all
select 'capped', test, null, null, null, sum(least(value, cap)), sum(least(value, cap) ^ 2) from totals cross join skew group by test
union all
select 'skew', null, null, null, null, cap, top from skew
