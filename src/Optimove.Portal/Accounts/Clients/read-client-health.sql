-- Purpose: how one client stands, for the list of clients; runs inside the tenant, so that only its rows are counted.
-- Parameters: $1 timestamptz, since when a missed or held occurrence counts.
-- Result: one row: data_date (day of the newest customer data in use, or null), data_held (a newer file waits for a person),
--         held, missed, incomplete (occurrences), blocked (connections with a blocked check).
select
  (select r.data_date from import_runs r where r.kind = 'Customers' and r.state = 'Done' order by r.data_date desc, r.id desc limit 1) as data_date,
  coalesce((select r.state in ('Held', 'Failed', 'Refused') from import_runs r where r.kind = 'Customers' order by r.started_at desc limit 1), false) as data_held,
  (select count(*) from occurrences o where o.state = 'Held' and o.send_at >= $1) as held,
  (select count(*) from occurrences o where o.state = 'Missed' and o.send_at >= $1) as missed,
  (select count(*) from occurrences o where o.state = 'Incomplete') as incomplete,
  (select count(distinct k.connection_id) from connection_checks k join connections c on c.id = k.connection_id
   where k.state = 'Blocked' and c.removed_at is null) as blocked
