-- Purpose: every considered customer of an occurrence with its fate, and what the assigned ones did in the window.
-- Parameters: $1 occurrence, $2 start and $3 end of the window, $4 whether the KPI is revenue (else the number of purchases).
-- Result: customer, fate (excluded, control, accepted, rejected, unknown, still to go), reason, responded (null for the excluded), value; by customer.
select r.customer_id,
       case when r.reason is not null then 'excluded' when r.chunk is null then 'control' when j.customer_id is not null then 'rejected' when s.state = 'Accepted' then 'accepted'
            when s.state in ('Unknown', 'InFlight') then 'unknown' else 'still to go' end,
       coalesce(r.reason, j.reason),
       case when r.reason is null then t.customer_id is not null end,
       case when r.reason is null then coalesce(t.value, 0) end
from recipients r
left join recipient_rejections j on j.occurrence_id = r.occurrence_id and j.customer_id = r.customer_id
left join send_steps s on s.occurrence_id = r.occurrence_id and s.chunk = r.chunk
left join (
  select customer_id, case when $4 then sum(amount) else count(*) end as value
  from transactions
  where occurred_at >= $2 and occurred_at < $3
  group by customer_id
) t on t.customer_id = r.customer_id
where r.occurrence_id = $1
order by r.customer_id
