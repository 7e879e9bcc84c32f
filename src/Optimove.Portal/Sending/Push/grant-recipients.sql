-- Purpose: the moment from which some recipients may be handed over to an account, and moves the next one on.
-- Parameters: $1 tenant, $2 account, $3 now (portal clock), $4 how long these recipients take at the account's pace.
-- Result: the moment.
insert into pace_accounts (tenant_id, account, next_at) values ($1, $2, $3 + $4)
on conflict (tenant_id, account) do update set next_at = greatest(pace_accounts.next_at, $3) + $4
returning next_at - $4
