-- Purpose: finds the customers who share a mailbox, so that each mailbox is drawn and mailed once.
-- Parameters: {email} is replaced with the checked column name of the e-mail attribute.
-- Result: nothing; shared_mailboxes holds every customer of each address that more than one customer has.
truncate shared_mailboxes;
insert into shared_mailboxes (address, customer_id)
select lower(btrim(c.{email})), c.customer_id
from customers c
join (
  select lower(btrim({email})) as address
  from customers
  where {email} is not null and btrim({email}) <> ''
  group by 1
  having count(*) > 1
) twice on twice.address = lower(btrim(c.{email}));
analyze shared_mailboxes;
