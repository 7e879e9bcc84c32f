-- Purpose: commits what a call gave, and the recipients that the provider refused, together.
-- Parameters: $1 tenant, $2 occurrence, $3 step, $4 new state, $5 provider id, $6 sentence, $7 now (portal clock), $8 customers refused, $9 reasons.
-- Result: nothing. The truth about a call is recorded even when the claim has gone to another process meanwhile.
with refused as (
  insert into recipient_rejections (occurrence_id, customer_id, reason)
  select $2, * from unnest($8::text[], $9::text[])
  on conflict (occurrence_id, customer_id) do nothing
)
update send_steps
set state = $4, provider_id = coalesce($5, provider_id), sentence = $6, answered_at = $7, rejections = cardinality($8::text[])
where tenant_id = $1 and occurrence_id = $2 and name = $3 and state in ('InFlight', 'Unknown')
