-- Purpose: one row per considered customer and occurrence, with its fate; one partition an occurrence, itself in parts that are made beside each other, keyed by customer and attached when the list is made.
-- Parameters: none; runs with the tenant's role and search_path.
-- Result: nothing; running it again changes nothing.
create table if not exists recipients (
  occurrence_id int not null,
  part smallint not null default 0, -- which of the tables that the list was written into at the same time
  chunk int,                      -- part of the hand-over, from 1; null for whoever is not written to
  reason text,                    -- why excluded; null without a chunk: held back as control
  customer_id text not null,
  address text                    -- what the provider knows the customer by
) partition by list (occurrence_id);
create table if not exists recipient_rejections (
  occurrence_id int not null,
  customer_id text not null,
  reason text not null,
  primary key (occurrence_id, customer_id)
);
