-- Purpose: finds the customers who share an address, so that each address is drawn and written to once.
-- Parameters: $1 the name of the column; {address} and {c.address} are its normalised value.
-- Result: nothing; shared_mailboxes holds every customer of each address of this column that more than one customer has.
insert into shared_mailboxes (field, address, customer_id)
select $1, {c.address}, c.customer_id
from customers c
join (
  select {address} as address
  from customers
  where {address} <> ''
  group by 1
  having count(*) > 1
) twice on twice.address = {c.address}
