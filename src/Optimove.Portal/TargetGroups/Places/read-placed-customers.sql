-- Purpose: a page of the customers who have a place.
-- Parameters: $1 rows to pass over, $2 most rows, $3 the place's number; {placed} the customers of a day with the place of each and further parameters,
--             {values} what is given along, from {customers}.
-- Result: customer_id, the values.
select p.customer_id{values}
from (
  select d.customer_id from ({placed}) d where d.place = $3 order by d.customer_id offset $1 limit $2
) p
{customers}
order by p.customer_id
