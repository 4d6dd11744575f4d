-- What is wanted: the managed consumers. Why it looks like this: docs/adr/0020-stored-format.md
create table consumers (
  id               uuid             primary key,
  revision         bigint           not null,
  status           text collate "C" not null check (status in ('INACTIVE', 'ACTIVE', 'ERROR')),
  failure_reason   text,
  failure_since    timestamptz,
  failure_attempts integer,
  next_retry_at    timestamptz,
  topic            text collate "C" not null,
  consumer_group   text collate "C" not null,
  spec             json             not null,
  created_at       timestamptz      not null,
  updated_at       timestamptz      not null,
  constraint failure_in_error_alone check (
    case status
      when 'ERROR' then num_nulls(failure_reason, failure_since, failure_attempts) = 0
      else num_nonnulls(failure_reason, failure_since, failure_attempts, next_retry_at) = 0
    end)
);

create index consumers_in_order on consumers (created_at, id);
create index consumers_by_status on consumers (status, created_at, id);
create index consumers_by_topic on consumers (topic, created_at, id);
create index consumers_by_group on consumers (consumer_group, created_at, id);
create index consumers_wanted on consumers (created_at, id)
  where status = 'ACTIVE' or next_retry_at is not null;

-- Each version that a consumer ever was.
create table consumer_versions (
  consumer_id uuid             not null references consumers (id) on delete cascade,
  revision    bigint           not null,
  status      text collate "C" not null,
  change      text             not null,
  spec        json             not null,
  changed_at  timestamptz      not null,
  primary key (consumer_id, revision)
);

-- What the servers see. Unlogged: reports are written every few seconds and worth nothing after a
-- crash, so they cost no write-ahead log; the servers write them anew.
create unlogged table run_reports (
  consumer_id uuid             not null references consumers (id) on delete cascade,
  server_id   text collate "C" not null,
  report      json             not null,
  primary key (consumer_id, server_id)
) with (fillfactor = 70);

create index run_reports_by_server on run_reports (server_id);

-- The fleet, by this database's clock: the servers' own clocks may differ.
create table servers (
  id          text collate "C" primary key,
  address     text             not null,
  alive_until timestamptz      not null
) with (fillfactor = 50);

-- Told within the transaction that changes something, so nobody who writes can forget it, and
-- nobody hears of what was rolled back. A heartbeat that only renews is no news.
create function tell_of_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('kafkafetch_changes', '');
  return null;
end
$$;

create trigger consumers_tell
  after insert or update or delete on consumers
  for each row execute function tell_of_change();

create trigger servers_tell_of_joining_and_leaving
  after insert or delete on servers
  for each row execute function tell_of_change();

create trigger servers_tell_of_coming_back
  after update on servers
  for each row
  when (old.alive_until <= now() or old.address <> new.address)
  execute function tell_of_change();
