-- Purpose: a page of the customers of whom an attribute was another on one day than on an earlier one, with both values and others of now.
-- Parameters: $1 rows to pass over, $2 most rows; {before} and {after} the customers of the days, with the asked values as texts in v0, v1 and so on,
--             {both} those values of b and a, {differ} which of them must differ, {values} what is given along, from {customers}.
-- Result: customer_id, the values of the earlier day, those of the later (null where empty, or not a customer then), the others.
select p.*{values}
from (
  select customer_id{both}
  from ({before}) b
  full join ({after}) a using (customer_id)
  where {differ}
  order by customer_id
  offset $1 limit $2
) p
{customers}
order by p.customer_id
