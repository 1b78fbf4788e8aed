-- Up Migration
-- The ground of every other table: the signed context, the two walls' helpers, and the keys of repeated forms.
create schema app;
create schema app_secret;
revoke all on schema app_secret from public;
revoke create on schema public from public;

-- Both padded keys of the HMAC (RFC 2104); only the owner reads them.
create table app_secret.ctx_key (
  one boolean primary key default true check (one),
  inner_pad bytea not null check (octet_length(inner_pad) = 64),
  outer_pad bytea not null check (octet_length(outer_pad) = 64)
);

-- A form or API call sent twice does its work once. Kept a day: what the repeat is answered with, an id and no data.
create table idempotency_key (
  actor_id uuid not null,
  route text not null check (length(route) <= 300),
  key text not null check (length(key) between 8 and 100),
  request_hash bytea not null,
  status int,
  location text,
  made_id uuid,
  created_at timestamptz not null,
  primary key (actor_id, route, key)
);
create index on idempotency_key (created_at);

-- Down Migration
drop table idempotency_key;
drop schema app_secret cascade;
drop schema app cascade;
