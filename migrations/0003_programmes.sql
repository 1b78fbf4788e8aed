-- Up Migration
create table federation (
  id uuid primary key, name text not null check (length(name) between 1 and 200), country text not null check (country ~ '^[A-Z]{2}$'),
  version int not null default 1
);
-- `key` names it on the command line and in addresses that people read; it never changes.
create table programme (
  id uuid primary key, key text not null unique check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(key) <= 60), federation_id uuid not null references federation, name text not null check (length(name) between 1 and 200),
  opens_on date not null, closes_on date, version int not null default 1, check (closes_on >= opens_on)
);
create index on programme (federation_id);
create table operation (
  id uuid primary key, programme_id uuid not null references programme, name text not null check (length(name) between 1 and 200),
  opens_on date not null, closes_on date, eligibility text, reference_population int check (reference_population >= 0),
  version int not null default 1, check (closes_on >= opens_on)
);
create index on operation (programme_id);
create table service (
  id uuid primary key, key text not null unique check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(key) <= 60), federation_id uuid not null references federation, name text not null check (length(name) between 1 and 200),
  place text not null, country text not null check (country ~ '^[A-Z]{2}$'), time_zone text not null, language text not null check (language in ('fr','es','en')),
  version int not null default 1
);
create index on service (federation_id);
-- Where a service works; closed on a day, never deleted. `search`: the name without accents, so that no two of a service are called the same.
create table service_site (
  id uuid primary key, service_id uuid not null references service, name text not null check (length(name) between 1 and 200), search text not null, place text not null check (length(place) between 1 and 200),
  opens_on date not null, closes_on date, version int not null default 1,
  unique (service_id, id), unique (service_id, search), check (closes_on >= opens_on)
);
create table programme_service (
  programme_id uuid not null references programme, service_id uuid not null references service,
  opens_on date not null, closes_on date, primary key (programme_id, service_id), check (closes_on >= opens_on)
);
create index on programme_service (service_id);

-- Down Migration
drop table programme_service, service_site, service, operation, programme, federation;
