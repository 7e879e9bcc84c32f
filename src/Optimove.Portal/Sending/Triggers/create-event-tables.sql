-- Purpose: what customers did in real time, how far each is with each trigger, what was decided, the messages for providers that follow from it, and
--   the counters that screens read.
-- Parameters: none; runs with the tenant's role and search_path.
-- Result: nothing; running it again changes nothing.
create table if not exists customer_events (
  number bigint generated always as identity, -- in the order in which they were kept; what has a higher one is committed later
  event_type int not null,          -- the definition's id
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  event_id text primary key,        -- the client's: the same event told twice is kept once
  customer_id text not null,
  parameters json not null          -- as told: in the definition's order
);
create index if not exists customer_events_number on customer_events (number);
create index if not exists customer_events_received on customer_events using brin (received_at);
create table if not exists trigger_mark (
  is_only boolean primary key default true check (is_only), -- one row
  decided bigint not null           -- every event up to this number has been decided by
);
insert into trigger_mark (decided) values (0) on conflict do nothing;
create table if not exists trigger_progress (
  campaign_id int not null,
  customer_id text not null,
  times timestamptz[] not null,     -- of the events that count towards the next time it is met, earliest first
  follows timestamptz[] not null default '{}', -- of the latest second events, for a first one that is told late
  entered_at timestamptz,           -- when last sent to, or held back as control
  limited int not null default 0,   -- how often met since then, too early to enter again
  primary key (campaign_id, customer_id)
) with (fillfactor = 70);
create table if not exists trigger_waits (
  met_at timestamptz not null,      -- when the first part was met
  due_at timestamptz not null,      -- until when the second event counts
  campaign_id int not null,
  customer_id text not null,
  event_id text not null,           -- the one that met the first part
  parameters jsonb not null,
  primary key (campaign_id, customer_id)
);
create index if not exists trigger_waits_due on trigger_waits (due_at);
create table if not exists trigger_decisions (
  id bigint generated always as identity primary key,
  decided_at timestamptz not null,
  campaign_id int not null,
  fate text not null,               -- sent, control or excluded
  reason text,                      -- why excluded
  customer_id text not null,
  event_id text not null            -- the one that met the trigger: it is decided upon once
);
create unique index if not exists trigger_decisions_event on trigger_decisions (campaign_id, event_id);
create index if not exists trigger_decisions_customer on trigger_decisions (customer_id, id);
create table if not exists trigger_totals (
  campaign_id int not null,
  fate text not null,
  reason text not null,             -- empty unless excluded
  decisions bigint not null,
  primary key (campaign_id, fate, reason)
);
create table if not exists trigger_seconds (
  second timestamptz primary key,
  events int not null,
  sent int not null,
  control int not null,
  excluded int not null
) with (fillfactor = 50);
create table if not exists triggered_sends (
  id bigint generated always as identity primary key,
  decided_at timestamptz not null,
  next_try_at timestamptz not null, -- of no meaning unless it waits
  give_up_at timestamptz not null,  -- until when it is worth sending
  lease_until timestamptz,          -- by the database's clock: a call in flight longer than this has lost its process
  settled_at timestamptz,           -- when it came out of the waiting for good, or for a person
  decision_id bigint not null,
  campaign_id int not null,
  connection_id int not null,
  template_id int not null,
  tries int not null default 0,
  alone boolean not null default false, -- a call with others was refused as a whole
  state text not null,              -- waiting, in_flight, accepted, refused, unknown or given_up
  customer_id text not null,
  address text not null,            -- by what the provider knows the customer
  call_id text,                     -- the call that carried it last; names the message at the provider
  provider_id text,
  sentence text,                    -- why it waits again, was refused or given up, or is unknown
  personal jsonb                    -- the values that the message shows; gone once nothing is to be sent any more
);
create index if not exists triggered_sends_waiting on triggered_sends (connection_id, template_id, next_try_at) where state = 'waiting';
create index if not exists triggered_sends_in_flight on triggered_sends (lease_until) where state = 'in_flight';
create index if not exists triggered_sends_decision on triggered_sends (decision_id);
create index if not exists triggered_sends_failed on triggered_sends (campaign_id, state, id) where state in ('unknown', 'refused', 'given_up');
create index if not exists triggered_sends_decided on triggered_sends using brin (decided_at);
create table if not exists triggered_send_totals (
  campaign_id int not null,
  state text not null,              -- accepted, refused or given_up: what is over
  sends bigint not null,
  primary key (campaign_id, state)
);
create table if not exists triggered_send_seconds (
  second timestamptz primary key,
  accepted int not null,
  failed int not null,              -- refused or given up
  unknown int not null,
  slowest_ms int not null           -- from the decision to the provider's answer, of those accepted
) with (fillfactor = 50);
