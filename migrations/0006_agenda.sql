-- Up Migration
create table agenda_entry (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, enrolment_id uuid,
  key text not null check (length(key) <= 120), kind text not null check (kind ~ '^[a-z-]+$'),
  from_on date not null, due_on date not null,
  for_whom text not null check (for_whom in ('coach', 'manager')), user_id uuid references app_user,
  subject_kind text not null, subject_id uuid, params jsonb not null default '{}',
  done_on date, done_by uuid, outcome text check (outcome in ('done', 'withdrawn')), version int not null default 1,
  constraint agenda_entry_once unique (participant_id, key)
);
create index on agenda_entry (service_id, from_on) where done_on is null;
create index on agenda_entry (participant_id, due_on) where done_on is null;
create index on agenda_entry (enrolment_id);
create index on agenda_entry (user_id);

-- Down Migration
drop table agenda_entry;
