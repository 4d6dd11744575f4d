-- The last redrive of each consumer. Why it is here and not in Kafka:
-- docs/adr/0110-redrive-progress.md
create table redrives (
  consumer_id       uuid             primary key references consumers (id) on delete cascade,
  redrive_id        uuid             not null,
  server_id         text collate "C" not null,
  topic             text collate "C" not null,
  state             text collate "C" not null check (
    state in ('RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', 'INTERRUPTED')),
  -- By this database's clock: the servers' own clocks may differ.
  alive_until       timestamptz      not null,
  started_at        timestamptz      not null,
  updated_at        timestamptz      not null,
  ended_at          timestamptz,
  letters           bigint           not null,
  selected          bigint           not null,
  delivered         bigint           not null,
  dead_lettered     bigint           not null,
  already_redriven  bigint           not null,
  attempts_used_up  bigint           not null,
  without_processor bigint           not null,
  unreadable        bigint           not null,
  retries           bigint           not null,
  trouble           text,
  remarks           text[]           not null
) with (fillfactor = 70);

-- Dead letters that a redrive has dealt with, by their place in one incarnation of the topic.
create table settled_letters (
  topic_id      text collate "C" not null,
  partition     integer          not null,
  letter_offset bigint           not null,
  consumer_id   uuid             not null references consumers (id) on delete cascade,
  outcome       text collate "C" not null check (outcome in ('delivered', 'dead_lettered')),
  settled_at    timestamptz      not null,
  -- A letter belongs to one consumer. In this order for a purge, which is for all of them.
  primary key (topic_id, partition, letter_offset, consumer_id)
);

create index settled_letters_by_consumer on settled_letters (consumer_id);
