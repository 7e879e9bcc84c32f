-- Purpose: what triggered campaigns decided about one customer lately, and what became of it; newest first.
-- Parameters: $1 the customer's id, $2 most lines; runs with the tenant's role, so that the shared tables show the tenant's own rows.
-- Result: campaign id and name, when, fate, reason; of a message that goes straight to a provider (null otherwise, or once it is older than 30 days):
--   state, connection's name, sentence; how often met since then, too early to enter again (of the latest that was sent or held back; 0 otherwise).
select c.id, c.name, d.decided_at, d.fate, d.reason, s.state, k.name, s.sentence, coalesce(p.limited, 0)
from (select id, campaign_id, decided_at, fate, reason from trigger_decisions where customer_id = $1 order by id desc limit $2) d
join triggered_campaigns c on c.id = d.campaign_id
left join triggered_sends s on s.decision_id = d.id
left join connections k on k.id = s.connection_id
left join trigger_progress p on p.campaign_id = d.campaign_id and p.customer_id = $1 and p.entered_at = d.decided_at and d.fate <> 'excluded'
order by d.id desc
