-- Up Migration
create table app_user (
  id uuid primary key, email text not null unique check (email = lower(email) and length(email) <= 254),
  name text not null check (length(name) between 1 and 200), language text not null check (language in ('fr','es','en')),
  disabled_at timestamptz, created_at timestamptz not null, version int not null default 1
);
create index on app_user (name) where disabled_at is not null;
create table credential (
  user_id uuid primary key references app_user, password_hash text not null, changed_at timestamptz not null
);
create table membership (
  id uuid primary key, user_id uuid not null references app_user,
  role text not null check (role in ('coach','manager','team','cashier','employer','participant','officer','editor','reviewer','complaints','funder','administrator')),
  federation_id uuid references federation, programme_id uuid references programme, service_id uuid references service,
  -- Where in the service they work, where it has several sites.
  site_id uuid,
  starts_on date not null, ends_on date, full_time_share numeric(3,2) check (full_time_share > 0 and full_time_share <= 1),
  version int not null default 1, check (ends_on >= starts_on), check (site_id is null or service_id is not null),
  foreign key (service_id, site_id) references service_site (service_id, id),
  check ((role in ('coach','manager','cashier')) = (service_id is not null) or role in ('complaints','team','employer','participant')),
  check (role <> 'officer' or programme_id is not null),
  check (role not in ('editor','reviewer') or federation_id is not null)
);
create index on membership (user_id);
create index on membership (role, user_id);
create index on membership (service_id, site_id);
create index on membership (federation_id);
create index on membership (programme_id);
create table session (
  id uuid primary key, id_hash bytea not null unique, user_id uuid not null references app_user, membership_id uuid not null references membership,
  created_at timestamptz not null, last_seen_at timestamptz not null,
  expires_at timestamptz not null, ended_at timestamptz, browser text not null default ''
);
create index on session (user_id);
create index on session (membership_id);
create table access_token (
  id uuid primary key, token_hash bytea not null unique, user_id uuid not null references app_user, membership_id uuid not null references membership,
  name text not null check (length(name) between 1 and 100), scopes text[] not null, created_at timestamptz not null,
  expires_on date not null, last_used_at timestamptz, revoked_at timestamptz
);
create index on access_token (user_id);
create index on access_token (membership_id);
-- First password and reset: one use, short life. The mail that carries it comes later; until then the operator hands it over.
create table one_time_link (
  token_hash bytea primary key, user_id uuid not null references app_user, created_at timestamptz not null,
  expires_at timestamptz not null, used_at timestamptz
);
create index on one_time_link (user_id);
-- Buckets of failed sign-ins: per account and unknown browser, per account and known browser, per address of origin (hashed).
create table sign_in_attempt (
  bucket text primary key, failures int not null, window_starts_at timestamptz not null, blocked_until timestamptz
);
create index on sign_in_attempt (window_starts_at);
create table known_browser (
  id_hash bytea not null, user_id uuid not null references app_user, created_at timestamptz not null, primary key (id_hash, user_id)
);
create index on known_browser (user_id);

-- Down Migration
drop table known_browser, sign_in_attempt, one_time_link, access_token, session, membership, credential, app_user;
