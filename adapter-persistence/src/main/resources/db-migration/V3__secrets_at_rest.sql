-- There when secrets are encrypted, and then tells the right key from a wrong one. Why it looks like
-- this: docs/adr/0051-secrets-at-rest.md
create table secret_key (
  only_one   boolean     primary key default true check (only_one),
  salt       bytea       not null,
  iterations integer     not null,
  proof      text        not null,
  created_at timestamptz not null default now(),
  -- Whether the pages that held secrets before have been written anew.
  cleaned    boolean     not null default false
);

-- A server without the key would store secrets as they are, beside those that are encrypted. The
-- form says which they are, and is the first thing in a spec.
create function refuse_plain_secrets() returns trigger language plpgsql
  set search_path from current as $$
begin
  if exists (select from secret_key) and new.spec::text like '{"v":1,%' then
    raise exception using
      errcode = 'KF001', message = 'secrets are encrypted in this database';
  end if;
  return new;
end
$$;

create trigger consumers_keep_secrets
  before insert or update on consumers
  for each row execute function refuse_plain_secrets();

create trigger consumer_versions_keep_secrets
  before insert or update on consumer_versions
  for each row execute function refuse_plain_secrets();
