-- Purpose: an occurrence's ledger with the recipients that each accepted chunk had refused.
-- Parameters: $1 occurrence.
-- Result: name, chunk, state, provider_id, sentence, addresses refused, reasons; in the order in which the steps were begun.
select s.name, s.chunk, s.state, s.provider_id, s.sentence, coalesce(refused.addresses, '{}'), coalesce(refused.reasons, '{}')
from send_steps s
left join (
  select r.chunk, array_agg(r.address) as addresses, array_agg(j.reason) as reasons
  from recipient_rejections j
  join recipients r on r.occurrence_id = j.occurrence_id and r.customer_id = j.customer_id
  where j.occurrence_id = $1
  group by r.chunk
) refused on refused.chunk = s.chunk and s.rejections > 0
where s.occurrence_id = $1
order by s.id
