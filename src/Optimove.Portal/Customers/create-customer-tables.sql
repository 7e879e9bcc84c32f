-- Purpose: the tables of a tenant's customer data; attribute columns are added to customers as they are defined.
-- Parameters: none; runs with the tenant's role and search_path.
-- Result: nothing; running it again changes nothing.
create table if not exists customers (
  customer_id text primary key
);
create table if not exists transactions (
  customer_id text not null,
  occurred_at timestamptz not null,
  amount numeric(19,4) not null,
  currency text,
  external_id text
);
create index if not exists transactions_customer on transactions (customer_id, occurred_at);
create unique index if not exists transactions_external on transactions (external_id) where external_id is not null;
create table if not exists customer_apps (
  customer_id text not null,
  app_id text not null,
  primary key (customer_id, app_id)
);
create table if not exists channel_preferences (
  customer_id text not null,
  channel text not null,
  opted_in boolean not null,
  source text not null,
  changed_at timestamptz not null,
  primary key (customer_id, channel)
);
create table if not exists preference_reports ( -- what one call told, or a file of one channel and wish; only ever added to
  id int generated always as identity primary key,
  channel text not null,
  opted_in boolean not null,
  source text not null,           -- api or file
  changed_by text not null,       -- the credential's name, or the file's
  changed_at timestamptz not null
);
create table if not exists preference_changes ( -- whose preference a report changed; what is preferred now is in channel_preferences
  report_id int not null,
  customer_id text not null
);
create index if not exists preference_changes_customer on preference_changes (customer_id);
create table if not exists added_customers ( -- whom a program added
  customer_id text primary key,
  added_at timestamptz not null,
  named_in text                   -- the version that the first file to name them took the place of; null while none has
);
create table if not exists promotion_statuses (
  customer_id text not null,
  campaign_id int not null,       -- the occurrence, as programs number campaigns
  status text not null,
  told_at timestamptz not null,   -- the program's time
  primary key (customer_id, campaign_id)
);
create table if not exists import_rejects (
  import_id int not null,
  line bigint not null,
  column_name text,
  reason text not null,
  raw text
);
create index if not exists import_rejects_import on import_rejects (import_id, line);
create table if not exists shared_mailboxes (
  field text not null,            -- the column in which several customers have the same
  address text not null,
  customer_id text not null
);
create table if not exists shared_mailbox_sources (
  field text primary key,
  source text not null            -- the customers table that the list was made from
);
