-- Purpose: writes a batch of API calls of one client.
-- Parameters: $1 tenant id; $2 to $10 arrays of one length: credential ids, times, functions, statuses, durations in ms, request and answer bytes, error sentences (null where none), for how many calls each line stands.
-- Result: nothing.
insert into api_calls (tenant_id, credential_id, at, function, status, duration_ms, request_bytes, response_bytes, error, calls)
select $1, c.credential_id, c.at, c.function, c.status, c.duration_ms, c.request_bytes, c.response_bytes, c.error, c.calls
from unnest($2::int[], $3::timestamptz[], $4::text[], $5::int[], $6::int[], $7::bigint[], $8::bigint[], $9::text[], $10::int[])
  as c (credential_id, at, function, status, duration_ms, request_bytes, response_bytes, error, calls)
