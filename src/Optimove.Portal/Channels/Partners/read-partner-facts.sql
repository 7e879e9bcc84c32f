-- Purpose: what the partner who serves a connection has told and taken.
-- Parameters: $1 connection.
-- Result: one row: listeners that are told of its campaigns, when one last took a notice, why the notice that was last tried has not arrived (null when it has), waiting notices, templates on offer,
--   when they were last told, the campaign last released with its people, those fetched and when, the campaign last sent with its date in the client's zone and its days with figures.
with channel as (
  select * from partner_channels where tenant_id = current_setting('app.tenant_id')::int and connection_id = $1
), listeners as (
  select l.id from event_listeners l, channel c
  where l.tenant_id = c.tenant_id and (l.channel_id is null or l.channel_id = c.channel_id) and case when c.triggered_use then l.event_type = 11 else l.event_type in (1, 13) end
), released as (
  select o.id, g.name, o.considered - o.excluded - o.control as people, coalesce(f.people, 0) as fetched, f.last_at
  from occurrences o
  join campaigns g on g.id = o.campaign_id and g.tenant_id = o.tenant_id
  left join list_fetches f on f.occurrence_id = o.id and f.tenant_id = o.tenant_id
  where o.tenant_id = current_setting('app.tenant_id')::int and o.connection_id = $1 and o.handed_over_at is not null and o.cancelled_at is null
  order by o.handed_over_at desc limit 1
), sent as (
  select o.id, g.name, o.date
  from occurrences o
  join campaigns g on g.id = o.campaign_id and g.tenant_id = o.tenant_id
  where o.tenant_id = current_setting('app.tenant_id')::int and o.connection_id = $1 and o.state in ('Measuring', 'Closed')
  order by o.send_at desc limit 1
), waiting as (
  select d.id from event_deliveries d join listeners l on l.id = d.listener_id where d.tenant_id = current_setting('app.tenant_id')::int and d.next_try_at is not null
)
select (select count(*) from listeners)::int as listeners,
       (select max(d.delivered_at) from event_deliveries d join listeners l on l.id = d.listener_id where d.tenant_id = current_setting('app.tenant_id')::int) as answered_at,
       (select d.fault from event_deliveries d join listeners l on l.id = d.listener_id where d.tenant_id = current_setting('app.tenant_id')::int and d.tries > 0 order by d.id desc limit 1) as fault,
       (select count(*) from waiting)::int as waiting,
       (select count(*) from templates t where t.tenant_id = current_setting('app.tenant_id')::int and t.connection_id = $1 and t.gone_at is null)::int as templates,
       (select templates_at from connections where tenant_id = current_setting('app.tenant_id')::int and id = $1) as templates_at,
       r.name as released_name, r.people, r.fetched, r.last_at as fetched_at,
       s.name as sent_name, s.date as sent_date,
       (select count(*) from metric_pulls p where p.tenant_id = current_setting('app.tenant_id')::int and p.occurrence_id = s.id and p.state = 'Read')::int as days_with_figures
from (select) one
left join released r on true
left join sent s on true
