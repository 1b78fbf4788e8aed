-- Up Migration
create table agenda_entry (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, enrolment_id uuid,
  key text not null check (length(key) <= 120), kind text not null check (kind ~ '^[a-z-]+$'),
  -- task: something to do. warning: a fact that may cost something. request: somebody waits for an answer.
  nature text not null default 'task' check (nature in ('task', 'warning', 'request')),
  -- What the facts say, and what holds: the same until somebody postpones it with a reason.
  wanted_from_on date not null, wanted_due_on date not null, from_on date not null, due_on date not null, postponed_reason text check (length(postponed_reason) <= 500),
  for_whom text not null check (for_whom in ('coach', 'manager')), user_id uuid references app_user,
  subject_kind text not null, subject_id uuid, params jsonb not null default '{}',
  -- True where no other fact will tell that it is done: the reader ticks it off.
  by_hand boolean not null default false,
  done_on date, done_by uuid, outcome text check (outcome in ('done', 'withdrawn')),
  -- What ended the enrolment, where that withdrew it: taken back, it comes back.
  withdrawn_with uuid, version int not null default 1,
  constraint agenda_entry_once unique (participant_id, key), unique (service_id, participant_id, id),
  check (wanted_due_on >= wanted_from_on), check (due_on >= from_on), check ((done_on is null) = (outcome is null)), check (withdrawn_with is null or outcome = 'withdrawn')
);
create index on agenda_entry (service_id, for_whom, from_on) where done_on is null;
create index on agenda_entry (service_id, participant_id, done_on, from_on);
create index on agenda_entry (service_id, kind, wanted_from_on, id) where done_on is null;
create index on agenda_entry (enrolment_id);
create index on agenda_entry (user_id);
-- What somebody did with an entry by hand, kept as it was said then: the entry itself follows the facts.
create table agenda_act (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, entry_id uuid not null,
  act text not null check (act in ('done', 'reopened', 'postponed')), kind text not null, params jsonb not null,
  from_on date, to_on date, reason text check (length(reason) <= 500),
  acted_on date not null, acted_at timestamptz not null, acted_by uuid references app_user,
  check ((act = 'postponed') = (reason is not null and from_on is not null and to_on is not null)),
  foreign key (service_id, participant_id, entry_id) references agenda_entry (service_id, participant_id, id)
);
create index on agenda_act (service_id, participant_id, id);
create index on agenda_act (entry_id, id);
create index on agenda_act (acted_by);

-- Down Migration
drop table agenda_act, agenda_entry;
