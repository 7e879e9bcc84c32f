-- Purpose: what customers did in real time, how far each is with each trigger, what was decided, and the counters that screens read.
-- Parameters: none; runs with the tenant's role and search_path.
-- Result: nothing; running it again changes nothing.
create table if not exists customer_events (
  event_type int not null,          -- the definition's id
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  event_id text primary key,        -- the client's: the same event told twice is kept once
  customer_id text not null,
  parameters jsonb not null
);
create index if not exists customer_events_received on customer_events using brin (received_at);
create table if not exists trigger_progress (
  campaign_id int not null,
  customer_id text not null,
  times timestamptz[] not null,     -- of the events that count towards the next time it is met, earliest first
  follows timestamptz[] not null default '{}', -- of the latest second events, for a first one that is told late
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
create index if not exists trigger_decisions_entered on trigger_decisions (campaign_id, customer_id, decided_at) where fate <> 'excluded';
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
