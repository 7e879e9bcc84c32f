-- Purpose: how one client stands, for the portfolio; runs inside the tenant, so that only its rows are counted.
-- Parameters: $1 timestamptz, since when a missed or held occurrence counts; $2 date, today on the client's calendar.
-- Result: one row: data_date (day of the newest customer data in use, or null), data_at (when it arrived, or null),
--         file_unused (a newer file waits for a person or was not used), held, missed, incomplete (occurrences not cancelled), today (planned for today).
select
  used.data_date,
  used.finished_at as data_at,
  coalesce((select r.state in ('Held', 'Failed', 'Refused') from import_runs r where r.kind = 'Customers' order by r.started_at desc limit 1), false) as file_unused,
  coalesce(o.held, 0) as held, coalesce(o.missed, 0) as missed, coalesce(o.incomplete, 0) as incomplete, coalesce(o.today, 0) as today
from (select) as one
left join lateral (
  select r.data_date, r.finished_at from import_runs r where r.kind = 'Customers' and r.state = 'Done' order by r.data_date desc, r.id desc limit 1
) used on true
left join lateral (
  select count(*) filter (where state = 'Held' and send_at >= $1) as held,
         count(*) filter (where state = 'Missed' and send_at >= $1) as missed,
         count(*) filter (where state = 'Incomplete') as incomplete,
         count(*) filter (where date = $2) as today
  from occurrences where cancelled_at is null and (state in ('Held', 'Missed', 'Incomplete') or date = $2)
) o on true
