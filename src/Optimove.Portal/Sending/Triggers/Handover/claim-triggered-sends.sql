-- Purpose: takes messages that are due in one lane into a call; what its campaign no longer sends, or what comes too late, is given up.
-- Parameters: $1 name of the call, $2 how long it may take, $3 now (portal clock), $4 connection, $5 template, $6 most messages of a call,
--   $7 under which name customers' wishes for the channel are kept.
-- Result: id, address and values of each message that is in flight now; an id alone for each that was given up; no row when nothing was due.
-- Who opted out since the decision gets nothing, a person's "send again" included.
-- A campaign that is paused at this moment waits until this is committed; once it is paused nothing more is taken.
with due as (
  select s.id, s.alone, s.address, s.campaign_id, s.give_up_at, s.next_try_at, c.state as campaign,
         exists (select from channel_preferences p where p.customer_id = s.customer_id and p.channel = $7 and not p.opted_in) as opted_out
  from triggered_sends s
  join triggered_campaigns c on c.tenant_id = current_setting('app.tenant_id')::int and c.id = s.campaign_id
  where s.state = 'waiting' and s.connection_id = $4 and s.template_id = $5 and s.next_try_at <= $3
  order by s.next_try_at
  limit $6
  for update of s skip locked
  for share of c
), over as (
  select id, campaign_id, case when campaign <> 'Live' then 'The campaign was ' || lower(campaign) || ' before it was sent.' when opted_out then 'The customer opted out before it was sent.' else 'It was not sent within an hour and comes too late now.' end as sentence
  from due
  where campaign <> 'Live' or opted_out or give_up_at <= $3
), chosen as (
  -- One that was refused in company goes alone, and nobody is in a call twice.
  select id
  from (
    select id, alone, row_number() over (order by next_try_at, id) as place, row_number() over (partition by address order by next_try_at, id) as nth,
           first_value(alone) over (order by next_try_at, id) as first_goes_alone
    from due
    where campaign = 'Live' and not opted_out and give_up_at > $3
  ) d
  where case when first_goes_alone then place = 1 else nth = 1 and not alone end
), totals as (
  insert into triggered_send_totals as t (campaign_id, state, sends)
  select campaign_id, 'given_up', count(*) from over group by campaign_id order by campaign_id
  on conflict (campaign_id, state) do update set sends = t.sends + excluded.sends
), seconds as (
  insert into triggered_send_seconds as x (second, accepted, failed, unknown, slowest_ms)
  select date_trunc('second', $3), 0, count(*)::int, 0, 0 from over having count(*) > 0
  on conflict (second) do update set failed = x.failed + excluded.failed
), given_up as (
  update triggered_sends s
  set state = 'given_up', settled_at = $3, personal = null, sentence = concat_ws(' ', s.sentence, o.sentence)
  from over o
  where s.id = o.id
  returning s.id
), taken as (
  update triggered_sends s
  set state = 'in_flight', call_id = $1, lease_until = now() + $2, tries = s.tries + 1
  from chosen c
  where s.id = c.id
  returning s.id, s.address, s.personal::text
)
select id, address, personal from taken
union all
select id, null, null from given_up
