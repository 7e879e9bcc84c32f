-- Purpose: writes how far customers are with triggers. Rows in which nothing counts any more are removed at night: one that is updated in its place
--   costs half of one that goes and comes back with the next event.
-- Parameters: $1 campaign ids and $2 customer ids, of one length; $3 the times that count, of all rows one after the other, and $4 where each row's
--   end in it; $5 and $6 the same of the times of second events; $7 when last sent or held back (null: never) and $8 how often met too early since.
-- Result: nothing.
insert into trigger_progress (campaign_id, customer_id, times, follows, entered_at, limited)
select t.campaign_id, t.customer_id,
       ($3::timestamptz[])[coalesce(($4::int[])[t.n - 1], 0) + 1 : ($4::int[])[t.n]], ($5::timestamptz[])[coalesce(($6::int[])[t.n - 1], 0) + 1 : ($6::int[])[t.n]],
       t.entered_at, t.limited
from unnest($1::int[], $2::text[], $7::timestamptz[], $8::int[]) with ordinality as t (campaign_id, customer_id, entered_at, limited, n)
on conflict (campaign_id, customer_id) do update set times = excluded.times, follows = excluded.follows, entered_at = excluded.entered_at, limited = excluded.limited
