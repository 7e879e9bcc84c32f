-- Purpose: what each customer did with a message, as partners post it.
-- Parameters: none; runs with the tenant's role and search_path.
-- Result: nothing; running it again changes nothing.
create table if not exists interactions (
  occurrence_id int not null,
  event smallint not null,        -- 0 sent .. 7 bounced
  customer_id text not null,
  day date not null,              -- as the partner told it
  template_number bigint not null,
  times int not null,             -- how often it was told for that day
  app_id text,
  told_at timestamptz not null,
  primary key (occurrence_id, event, customer_id, day, template_number)
);
create table if not exists interaction_people (
  occurrence_id int not null,
  event smallint not null,
  people int not null,            -- customers with at least one such interaction
  primary key (occurrence_id, event)
);
create index if not exists interactions_of_customer on interactions (customer_id, day);
