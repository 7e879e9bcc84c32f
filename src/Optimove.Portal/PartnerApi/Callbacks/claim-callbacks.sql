-- Purpose: takes the callbacks that are due, so that no other process takes them; each becomes due again by itself, later with every try.
-- Parameters: $1 now, $2 most.
-- Result: id, url and body of each; one that is older than a day is not due again.
update api_callbacks c
set tries = c.tries + 1,
    next_try_at = case when c.created_at > $1 - interval '1 day' then $1 + least(interval '10 seconds' * power(2, least(c.tries + 1, 12)), interval '1 hour') end
where c.id in (
  select id from api_callbacks
  where tenant_id = current_setting('app.tenant_id')::int and next_try_at <= $1
  order by next_try_at limit $2
  for update skip locked
)
returning c.id, c.url, c.body
