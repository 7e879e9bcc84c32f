-- Purpose: what would become of each customer of a target group if the list were made now; the same verdicts as the list itself gives.
-- Parameters: the rule's own, from $1; {predicate} is the compiled rule, {address} the normalised column by which the provider knows customers,
--   {field} its name, {isBad} when it is not valid, {hasNoApp} when the customer uses none of the template's apps, {channel} a fixed word;
--   who is a double says find-doubles.sql, the last line is replaced with what is asked of the fates.
-- Result: as the last line says; fate is 0 reachable, 1 no address, 2 address not valid, 3 opted out, 4 same address as another customer, 5 no app.
with audience as (
  select c.customer_id, {address} as address, p.customer_id is not null as opted_out, {hasNoApp} as has_no_app
  from customers c
  left join channel_preferences p on p.customer_id = c.customer_id and p.channel = '{channel}' and not p.opted_in
  where {predicate}
), doubles as (
  {doubles}
), fates as (
  select a.customer_id, a.address,
         case when coalesce(a.address, '') = '' then 1
              when {isBad} then 2
              when a.opted_out then 3
              when a.has_no_app then 5
              when d.customer_id is not null then 4
              else 0 end as fate
  from audience a
  left join doubles d on d.customer_id = a.customer_id
)
{select}
