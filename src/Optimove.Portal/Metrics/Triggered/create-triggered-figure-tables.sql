-- Purpose: figures of triggered campaigns and what customers did with their messages, as partners post them.
-- Parameters: none; runs with the tenant's role and search_path.
-- Result: nothing; running it again changes nothing.
create table if not exists triggered_posts (
  id bigint generated always as identity primary key,
  template_number bigint not null,  -- the partner's number of the template
  value bigint not null,
  at timestamptz not null,
  campaign_id int not null,
  metric int not null,              -- as the program numbered it
  credential_id int not null
);
create table if not exists triggered_figures (
  template_number bigint not null,
  value bigint not null,            -- the last post, or the sum where the channel's posts add up
  changed_at timestamptz not null,
  campaign_id int not null,
  metric int not null,              -- both numbers of a bounce are one
  primary key (campaign_id, metric, template_number)
);
create table if not exists triggered_interactions (
  campaign_id int not null,
  event smallint not null,          -- 0 sent .. 7 bounced
  customer_id text not null,
  day date not null,                -- as the partner told it
  template_number bigint not null,
  times int not null,               -- how often it was told for that day
  app_id text,
  told_at timestamptz not null,
  primary key (campaign_id, event, customer_id, day, template_number)
);
create index if not exists triggered_interactions_of_customer on triggered_interactions (customer_id, day);
create table if not exists triggered_interaction_people (
  campaign_id int not null,
  event smallint not null,
  people int not null,              -- customers with at least one such interaction
  changed_at timestamptz not null,
  primary key (campaign_id, event)
);
