-- Purpose: writes how far customers are with triggers; one of whom no event counts any more has no row.
-- Parameters: $1 to $3 arrays of one length: campaign ids, customer ids, times as array literals.
-- Result: nothing.
with told as (
  select t.campaign_id, t.customer_id, t.times::timestamptz[] as times from unnest($1::int[], $2::text[], $3::text[]) as t (campaign_id, customer_id, times)
), over as (
  delete from trigger_progress p using told t where t.times = '{}' and p.campaign_id = t.campaign_id and p.customer_id = t.customer_id
)
insert into trigger_progress (campaign_id, customer_id, times)
select campaign_id, customer_id, times from told where times <> '{}'
on conflict (campaign_id, customer_id) do update set times = excluded.times
