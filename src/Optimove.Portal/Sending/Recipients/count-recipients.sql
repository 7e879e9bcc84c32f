-- Purpose: how many considered customers of an occurrence had which fate, from the rows themselves.
-- Parameters: $1 occurrence.
-- Result: fate (send, control, excluded), reason, customers; rejections as fate 'rejected' beside, which are part of 'send'.
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
order by 1, 3 desc
