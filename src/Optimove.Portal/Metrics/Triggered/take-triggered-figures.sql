-- Purpose: keeps figures of triggered campaigns as they were posted, and brings what they come to up to date.
-- Parameters: arrays of one length: $1 campaigns, $2 the partner's numbers of the templates, $3 metrics as the program numbered them, $4 values; $5 now,
--   $6 credential, $7 whether each adds to what was posted before, or takes its place.
-- Result: nothing. Where one figure is named twice both are taken, one after the other.
with posted as (
  select * from unnest($1::int[], $2::bigint[], $3::int[], $4::bigint[]) with ordinality as p (campaign_id, template_number, metric, value, place)
), kept as (
  insert into triggered_posts (campaign_id, template_number, metric, value, at, credential_id)
  select campaign_id, template_number, metric, value, $5, $6 from posted order by place
), counted as (
  select campaign_id, template_number, case metric when 9 then 7 else metric end as metric,
         case when $7 then sum(value)::bigint else (array_agg(value order by place desc))[1] end as value
  from posted group by 1, 2, 3
)
insert into triggered_figures as known (campaign_id, template_number, metric, value, changed_at)
select campaign_id, template_number, metric, value, $5 from counted order by 1, 3, 2
on conflict (campaign_id, metric, template_number) do update
set value = case when $7 then known.value + excluded.value else excluded.value end, changed_at = excluded.changed_at
