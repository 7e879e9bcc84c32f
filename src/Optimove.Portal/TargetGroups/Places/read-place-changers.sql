-- Purpose: a page of the customers who have another place on one day than on an earlier one.
-- Parameters: $1 rows to pass over, $2 most rows, $3 the number that says "none"; {before} and {after} the customers of the days with the place of each and
--             further parameters, {values} what is given along, from {customers}.
-- Result: customer_id, the earlier place, the later one, the values.
select p.customer_id, p.earlier, p.later{values}
from (
  select customer_id, coalesce(b.place, $3) as earlier, coalesce(a.place, $3) as later
  from ({before}) b
  full join ({after}) a using (customer_id)
  where coalesce(b.place, $3) <> coalesce(a.place, $3)
  order by customer_id
  offset $1 limit $2
) p
{customers}
order by p.customer_id
