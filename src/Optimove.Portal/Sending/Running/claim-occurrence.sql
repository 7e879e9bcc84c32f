-- Purpose: claims the most urgent occurrence that is due, so that one process alone works on it.
-- Parameters: $1 owner, $2 length of the claim, $3 now (portal clock).
-- Result: the id of the claimed occurrence, or no row.
update occurrences
set lease_owner = $1, lease_until = now() + $2
where id = (
  select id
  from occurrences
  where (lease_until is null or lease_until < now())
    and (retry_at is null or retry_at <= $3)
    and (
      state = 'Scheduled' and locks_at <= $3
      or state in ('Preparing', 'Locked', 'Pushing', 'Held')
      or state = 'HandedOver' and send_at <= $3
      or state = 'Incomplete' and retry_at is not null
      or cancelled_at is not null and state not in ('Cancelled', 'Closed', 'Missed')
    )
  order by send_at, id
  limit 1
  for update skip locked
)
returning id
