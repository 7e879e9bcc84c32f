-- Purpose: finds the customers who share an address, so that each address is drawn and written to once.
-- Parameters: {field} is the checked column name, {address} and {c.address} its normalised value, {source} the number of the customers table.
-- Result: nothing; shared_mailboxes holds every customer of each address of this column that more than one customer has.
delete from shared_mailboxes where field = '{field}';
insert into shared_mailboxes (field, address, customer_id)
select '{field}', {c.address}, c.customer_id
from customers c
join (
  select {address} as address
  from customers
  where {address} <> ''
  group by 1
  having count(*) > 1
) twice on twice.address = {c.address};
insert into shared_mailbox_sources (field, source) values ('{field}', '{source}') on conflict (field) do update set source = excluded.source;
analyze shared_mailboxes;
