-- Up Migration
create table employer (
  id uuid primary key, service_id uuid not null references service, name text not null check (length(name) between 1 and 200), search text not null,
  registration text check (length(registration) <= 40), country text not null check (country ~ '^[A-Z]{2}$'), sector text check (length(sector) <= 100),
  size text check (size in ('1-9', '10-49', '50-249', '250+', 'unknown')), is_public boolean not null default false, place text check (length(place) <= 200), note text check (length(note) <= 2000),
  next_on date, next_what text check (length(next_what) <= 200),
  -- A double: everything that hung on it hangs on this one now.
  merged_into uuid, merged_at timestamptz, created_at timestamptz not null, created_by uuid references app_user, version int not null default 1,
  unique (service_id, id), foreign key (service_id, merged_into) references employer (service_id, id), check (merged_into <> id), check ((merged_into is null) = (merged_at is null))
);
create index employer_search on employer using gin (search gin_trgm_ops);
-- Looked for by the beginnings of words, a space before each.
create index employer_words on employer using gin ((' ' || search) gin_trgm_ops);
create index on employer (service_id, merged_into);
create index on employer (created_by);
create unique index employer_registration on employer (service_id, country, registration) where registration is not null and merged_into is null;
create table employer_site (
  id uuid primary key, service_id uuid not null, employer_id uuid not null, name text not null check (length(name) between 1 and 200), place text check (length(place) <= 200), closed_on date, version int not null default 1,
  unique (service_id, employer_id, id), foreign key (service_id, employer_id) references employer (service_id, id)
);
create index on employer_site (service_id, employer_id);
create table employer_contact (
  id uuid primary key, service_id uuid not null, employer_id uuid not null, site_id uuid, name text not null check (length(name) between 1 and 200),
  role text not null check (role in ('tutor', 'signatory', 'hr', 'management', 'colleague', 'other')), phone text check (length(phone) <= 40), email text check (length(email) <= 254), left_on date, version int not null default 1,
  unique (service_id, employer_id, id), foreign key (service_id, employer_id) references employer (service_id, id),
  -- Of the same employer; where two become one it is looked at when all has moved.
  constraint employer_contact_site foreign key (service_id, employer_id, site_id) references employer_site (service_id, employer_id, id) deferrable
);
create index on employer_contact (service_id, employer_id, site_id);
-- What was done with an employer; about nobody, or about people whom the reader sees.
create table employer_dealing (
  id uuid primary key, service_id uuid not null, employer_id uuid not null, contact_id uuid, kind text not null check (kind in ('prospecting', 'dealing', 'visit', 'mediation')),
  mode text not null check (mode in ('in-person', 'call', 'video', 'message', 'paper')), happened_on date not null, minutes int not null check (minutes between 0 and 1440),
  outcome text not null check (outcome in ('done', 'no-answer', 'declined')), note text check (length(note) <= 4000),
  recorded_at timestamptz not null, recorded_by uuid not null references app_user, withdrawn_at timestamptz, withdrawn_reason text check (length(withdrawn_reason) <= 500), version int not null default 1,
  check ((withdrawn_at is null) = (withdrawn_reason is null)),
  foreign key (service_id, employer_id) references employer (service_id, id), constraint employer_dealing_contact foreign key (service_id, employer_id, contact_id) references employer_contact (service_id, employer_id, id) deferrable
);
create index on employer_dealing (service_id, employer_id, happened_on desc);
create index on employer_dealing (service_id, employer_id, contact_id);
create index on employer_dealing (recorded_by);
alter table disclosure_sheet add constraint disclosure_sheet_employer foreign key (service_id, employer_id) references employer (service_id, id);
create index on disclosure_sheet (service_id, employer_id);

-- Down Migration
drop index disclosure_sheet_service_id_employer_id_idx;
alter table disclosure_sheet drop constraint disclosure_sheet_employer;
drop table employer_dealing, employer_contact, employer_site, employer;
