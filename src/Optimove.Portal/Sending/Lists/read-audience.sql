-- Purpose: the customers of a target group with what the provider knows them by.
-- Parameters: the rule's own, from $1; {predicate} is the compiled rule, {column} the checked column by which the provider knows customers,
--   {hasNoApp} when the customer uses none of the template's apps, {range} which part of the table.
-- Result: customer_id, address as it was imported (null when absent), whether it uses none of the apps.
select c.customer_id, c.{column}, {hasNoApp}
from customers c
where {predicate}{range}
