-- Purpose: keeps what became of the messages of a call.
-- Parameters: $1 ids, $2 name of the call, $3 new state (accepted, refused, unknown, or waiting for another try), $4 provider's id, $5 sentence, $6 now
--   (portal clock); of the next try $7 the least wait, $8 the first wait, which doubles with each try, $9 the longest; $10 whether each goes alone
--   from now on; side by side $11 addresses that the provider left out of an accepted call, $12 reasons.
-- Result: nothing. What was taken for lost meanwhile is put right; what a person has decided upon since stays so.
with settled as (
  update triggered_sends s
  set state = case when r.reason is null then $3 else 'refused' end, provider_id = $4, sentence = coalesce(r.reason, $5), lease_until = null,
      settled_at = case when $3 <> 'waiting' then $6 end, alone = s.alone or $10, personal = case when $3 in ('waiting', 'unknown') then s.personal end,
      next_try_at = case when $3 = 'waiting' then least(s.give_up_at, $6 + greatest($7, least($8 * power(2, least(s.tries - 1, 10)), $9))) else s.next_try_at end
  from (
    select id, (select x.reason from unnest($11::text[], $12::text[]) as x (address, reason) where x.address = t.address limit 1) as reason from triggered_sends t where id = any ($1)
  ) r
  where s.id = r.id and s.call_id = $2 and s.state in ('in_flight', 'unknown')
  returning s.campaign_id, s.state, s.give_up_at - interval '1 hour' as waited_from
), totals as (
  insert into triggered_send_totals as t (campaign_id, state, sends)
  select campaign_id, state, count(*) from settled where state in ('accepted', 'refused') group by campaign_id, state order by campaign_id, state
  on conflict (campaign_id, state) do update set sends = t.sends + excluded.sends
)
insert into triggered_send_seconds as x (second, accepted, failed, unknown, slowest_ms)
select date_trunc('second', $6), (count(*) filter (where state = 'accepted'))::int, (count(*) filter (where state = 'refused'))::int, (count(*) filter (where state = 'unknown'))::int,
       coalesce(max(extract(epoch from $6 - waited_from) * 1000) filter (where state = 'accepted'), 0)::int
from settled
where state <> 'waiting'
having count(*) > 0
on conflict (second) do update set accepted = x.accepted + excluded.accepted, failed = x.failed + excluded.failed, unknown = x.unknown + excluded.unknown, slowest_ms = greatest(x.slowest_ms, excluded.slowest_ms)
