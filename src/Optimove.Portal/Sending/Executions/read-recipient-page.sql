-- Purpose: a page of the people of an occurrence's list by customer, with values of checked columns; the page is cut before anything is joined to it.
-- Parameters: $1 occurrence, $2 customer after whom the page begins, or null, $3 rows to skip from there, $4 most rows; {people} says which part of the list,
--   {values} and {customers} bring the columns.
-- Result: customer_id, then the values as text, empty where a customer has none.
select p.customer_id{values}
from (
  select customer_id from recipients
  where occurrence_id = $1 and {people} and ($2::text is null or customer_id > $2)
  order by customer_id
  offset $3 limit $4
) p
{customers}
order by p.customer_id
