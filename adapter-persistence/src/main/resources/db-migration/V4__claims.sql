-- What the processors of a consumer claim, as hashes: a filter for those that may be in each other's
-- way, so that a new consumer is not held against all others. Null while it is not known. Why it
-- looks like this: docs/adr/0130-claims-are-found-by-an-index.md
alter table consumers add column claims bigint[];

-- At once and not in a list of what is pending, which every search would read from end to end.
create index consumers_by_claim on consumers using gin (claims) with (fastupdate = off);
create index consumers_of_unknown_claims on consumers (created_at, id) where claims is null;

-- What a consumer claims follows from its spec: writing it down is no news to anybody.
drop trigger consumers_tell on consumers;

create trigger consumers_tell
  after insert or delete or update of
    id, revision, status, failure_reason, failure_since, failure_attempts, next_retry_at, topic,
    consumer_group, spec, created_at, updated_at
  on consumers
  for each row execute function tell_of_change();
