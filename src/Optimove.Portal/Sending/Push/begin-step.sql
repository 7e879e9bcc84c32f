-- Purpose: commits the intent to make a call, only while this process holds the claim on the occurrence.
-- Parameters: $1 tenant, $2 occurrence, $3 step, $4 chunk, $5 recipients of the chunk, $6 owner of the claim, $7 now (portal clock).
-- Result: the step's state before (null when it is new), its provider id and sentence, and whether the call may be made now.
with claim as (
  select 1 from occurrences where id = $2 and lease_owner = $6 and lease_until > now()
), before as (
  select state, provider_id, sentence from send_steps where tenant_id = $1 and occurrence_id = $2 and name = $3
), begun as (
  insert into send_steps (tenant_id, occurrence_id, name, chunk, recipients, rejections, state, tries, started_at)
  select $1, $2, $3, $4, $5, 0, 'InFlight', 1, $7 from claim
  on conflict (tenant_id, occurrence_id, name) do update
    set state = 'InFlight', tries = send_steps.tries + 1, started_at = $7, answered_at = null, sentence = null
    where send_steps.state in ('Planned', 'Refused')
  returning 1
)
select (select state from before), (select provider_id from before), (select sentence from before),
       exists (select from begun), exists (select from claim)
