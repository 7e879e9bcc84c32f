-- Purpose: the people to hand over, in their fixed chunks; chunks that are settled are left out.
-- Parameters: $1 occurrence, $2 numbers of the chunks that need no call.
-- Result: chunk, customer_id, address, in the order of the chunks.
select chunk, customer_id, address
from recipients
where occurrence_id = $1 and chunk is not null and chunk <> all($2)
order by chunk
