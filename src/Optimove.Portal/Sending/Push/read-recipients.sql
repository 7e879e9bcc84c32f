-- Purpose: the people to hand over, in their fixed chunks; chunks that are settled are left out.
-- Parameters: $1 occurrence, $2 numbers of the chunks that need no call, $3 the only chunk to read, or null; {table} holds the list; {columns} and {join}
--   bring the checked columns of customers that go along.
-- Result: chunk, customer_id, address, then the columns; in the order of the chunks.
select r.chunk, r.customer_id, r.address{columns}
from {table} r
{join}
where r.occurrence_id = $1 and r.chunk is not null and r.chunk <> all($2) and ($3 is null or r.chunk = $3)
order by r.chunk
