-- Purpose: proves from the rows that nobody was written to twice in an occurrence.
-- Parameters: $1 occurrence.
-- Result: rows to hand over, and how many of them have a mailbox that another such row has too.
select count(*), count(*) - count(distinct address)
from recipients
where occurrence_id = $1 and chunk is not null
