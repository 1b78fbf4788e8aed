-- Up Migration
-- What may be known at work, by whom, until when: the person's own decision. "The employer knows nothing" is a full answer.
create table disclosure_sheet (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null,
  -- Of one employer; null: of any employer.
  employer_id uuid, nothing boolean not null, decided_on date not null,
  format text not null, giver text not null check (giver in ('self', 'self-with-support', 'self-and-legal')), note text check (length(note) <= 2000),
  -- Who signed beside the person, where law asks for it.
  co_signer text check (length(co_signer) <= 200),
  recorded_at timestamptz not null, recorded_by uuid references app_user, ended_on date, version int not null default 1,
  check (ended_on >= decided_on), unique (service_id, participant_id, id), foreign key (service_id, participant_id) references participant (service_id, id)
);
create unique index disclosure_sheet_in_force on disclosure_sheet (participant_id, employer_id) nulls not distinct where ended_on is null;
create index on disclosure_sheet (service_id, participant_id);
create index on disclosure_sheet (recorded_by);
create table disclosure_item (
  id uuid primary key, sheet_id uuid not null, service_id uuid not null, participant_id uuid not null,
  -- `support`: that the person is accompanied. Nothing here is a diagnosis.
  fact text not null check (fact in ('support', 'recognition', 'functional-needs', 'accommodations', 'contact-person', 'availability')),
  audience text not null check (audience in ('management', 'hr', 'tutor', 'colleagues', 'occupational-health')),
  words text check (length(words) <= 500), until_on date, revoked_on date, version int not null default 1,
  unique (sheet_id, fact, audience),
  foreign key (service_id, participant_id, sheet_id) references disclosure_sheet (service_id, participant_id, id), foreign key (service_id, participant_id) references participant (service_id, id)
);
create index on disclosure_item (service_id, sheet_id, participant_id);
create index on disclosure_item (service_id, participant_id);

-- Down Migration
drop table disclosure_item, disclosure_sheet;
