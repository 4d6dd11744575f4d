create table if not exists consumers (
  id text primary key,
  revision integer not null,
  status text not null,
  failure text,
  probed integer not null,
  topic text not null,
  consumer_group text not null,
  spec text not null,
  created_at integer not null,
  updated_at integer not null
) strict;

create index if not exists consumers_in_order on consumers (created_at, id);

create table if not exists consumer_versions (
  consumer_id text not null references consumers (id) on delete cascade,
  revision integer not null,
  status text not null,
  change text not null,
  spec text not null,
  changed_at integer not null,
  primary key (consumer_id, revision)
) strict;

create table if not exists run_reports (
  consumer_id text not null references consumers (id) on delete cascade,
  server_id text not null,
  report text not null,
  primary key (consumer_id, server_id)
) strict;

create table if not exists servers (
  id text primary key,
  address text not null,
  alive_until integer not null
) strict;

create table if not exists redrives (
  consumer_id text primary key references consumers (id) on delete cascade,
  redrive_id text not null,
  state text not null,
  alive_until integer not null,
  redrive text not null
) strict;

create table if not exists settled_letters (
  topic_id text not null,
  partition integer not null,
  letter_offset integer not null,
  consumer_id text not null references consumers (id) on delete cascade,
  outcome text not null,
  settled_at integer not null,
  primary key (topic_id, partition, letter_offset, consumer_id)
) strict;

create index if not exists settled_letters_by_consumer on settled_letters (consumer_id);
