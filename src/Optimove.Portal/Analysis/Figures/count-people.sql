-- Purpose: what became of everybody considered for an occurrence, as far as the list and the provider's refusals say.
-- Parameters: $1 occurrence.
-- Result: fate, reason, people; fate is send, control or excluded as listed, rejected for those whom the provider refused (they are in send as well),
--   and shared for mailboxes that are in the test and in the control group.
select case when chunk is not null then 'send' when reason is null then 'control' else 'excluded' end,
       reason, count(*)
from recipients
where occurrence_id = $1
group by 1, reason
union all
select 'rejected', reason, count(*)
from recipient_rejections
where occurrence_id = $1
group by reason
union all
select 'shared', null, count(*)
from (
  select address
  from recipients
  where occurrence_id = $1 and reason is null and address is not null
  group by address
  having bool_or(chunk is not null) and bool_or(chunk is null)
) both_groups
