-- Purpose: the considered customers of an occurrence with what has become of each, by customer id.
-- Parameters: $1 occurrence; $2 beginning of a customer id or null; $3 end of that range or null; $4 fate or null; $5 reason or null;
--   $6 rows to skip; $7 most rows, null for all.
-- Result: customer_id, address, fate (excluded, control, accepted, rejected, unknown, to-go), reason, chunk.
with steps as materialized (
  select chunk, state from send_steps where occurrence_id = $1 and chunk is not null
)
select customer_id, address, fate, reason, chunk
from (
  select r.customer_id, r.address, r.chunk,
         case when r.reason is not null then 'excluded'
              when r.chunk is null then 'control'
              when j.customer_id is not null then 'rejected'
              when s.state = 'Accepted' then 'accepted'
              when s.state in ('Unknown', 'InFlight') then 'unknown'
              else 'to-go' end as fate,
         coalesce(r.reason, j.reason) as reason
  from recipients r
  left join recipient_rejections j on j.occurrence_id = $1 and j.customer_id = r.customer_id
  left join steps s on s.chunk = r.chunk
  where r.occurrence_id = $1
    and ($2::text is null or r.customer_id >= $2 and r.customer_id < $3)
    and ($4::text is null or case $4 when 'excluded' then r.reason is not null when 'control' then r.chunk is null and r.reason is null else r.chunk is not null end)
) considered
where ($4::text is null or fate = $4) and ($5::text is null or reason = $5)
order by customer_id
offset $6 limit $7
