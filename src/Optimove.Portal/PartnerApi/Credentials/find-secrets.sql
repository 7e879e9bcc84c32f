-- Purpose: whose secrets these are, as far as they still work; runs before any client is entered.
-- Parameters: $1 hashes, $2 now.
-- Result: hash, credential, end, the client's id, slug, name, time zone and currency, whether it is suspended.
select s.hash, s.credential_id, s.ends_at, t.id, t.slug, t.name, t.time_zone, t.currency, t.suspended_at is not null
from public.api_secrets s
join public.tenants t on t.id = s.tenant_id
where s.hash = any($1) and (s.ends_at is null or s.ends_at > $2)
