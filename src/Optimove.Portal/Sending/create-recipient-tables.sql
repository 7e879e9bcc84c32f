-- Purpose: one row per considered customer and occurrence, with its fate; one partition an occurrence, keyed by customer, made and attached when its list is made.
-- Parameters: none; runs with the tenant's role and search_path.
-- Result: nothing; running it again changes nothing.
create table if not exists recipients (
  occurrence_id int not null,
  chunk int,                      -- part of the hand-over, from 1; null unless fate is 'send'
  fate text not null,             -- send, control or excluded
  reason text,                    -- why excluded
  customer_id text not null,
  address text                    -- what the provider knows the customer by
) partition by list (occurrence_id);
create table if not exists recipient_rejections (
  occurrence_id int not null,
  customer_id text not null,
  reason text not null,
  primary key (occurrence_id, customer_id)
);
