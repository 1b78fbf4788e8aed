-- Up Migration
create extension if not exists pg_trgm;
create table participant (
  id uuid primary key, service_id uuid not null references service,
  given_names text not null check (length(given_names) between 1 and 100), family_names text not null check (length(family_names) between 1 and 100),
  known_as text check (length(known_as) <= 100), search text not null,
  born_on date, born_precision text not null check (born_precision in ('day','month','year','estimated','unknown')),
  gender text not null check (gender in ('female','male','x','undisclosed')),
  document_kind text not null check (document_kind in ('national-id','passport','residence-permit','birth-certificate','other','none','not-asked')),
  place text check (length(place) <= 200), languages text[] not null default '{}',
  channel text check (channel in ('call','sms','message','mail','letter','visit')), formats text[] not null default '{}',
  emergency_name text check (length(emergency_name) <= 200), emergency_phone text check (length(emergency_phone) <= 40), emergency_relation text check (length(emergency_relation) <= 100),
  created_at timestamptz not null, created_by uuid, version int not null default 1,
  unique (service_id, id), check ((born_on is null) = (born_precision = 'unknown'))
);
create index participant_search on participant using gin (search gin_trgm_ops);
create index participant_born on participant (service_id, born_on);
alter table assignment add constraint assignment_participant foreign key (service_id, participant_id) references participant (service_id, id) deferrable initially deferred;
create index on assignment (service_id, participant_id);
alter table agenda_entry add constraint agenda_participant foreign key (service_id, participant_id) references participant (service_id, id);
alter table agenda_entry add constraint agenda_enrolment foreign key (service_id, participant_id, enrolment_id) references enrolment (service_id, participant_id, id);
alter table participation add constraint participation_participant foreign key (service_id, participant_id) references participant (service_id, id);
alter table enrolment add constraint enrolment_participant foreign key (service_id, participant_id) references participant (service_id, id);
alter table referral add constraint referral_participant foreign key (service_id, participant_id) references participant (service_id, id);
alter table step add constraint step_participant foreign key (service_id, participant_id) references participant (service_id, id);
alter table happening add constraint happening_participant foreign key (service_id, participant_id) references participant (service_id, id);
create table participant_phone (
  id uuid primary key, service_id uuid not null, participant_id uuid not null, number text not null check (length(number) between 3 and 40),
  digits text not null, owner text not null check (owner in ('self','family','neighbour','other')), safe_hours text check (length(safe_hours) <= 200), position int not null default 0,
  foreign key (service_id, participant_id) references participant (service_id, id)
);
create index on participant_phone (service_id, participant_id);
create index on participant_phone (participant_id);
create index on participant_phone (service_id, digits);
create index on participant_phone (service_id, (reverse(digits) collate "C"));
create table family_member (
  id uuid primary key, service_id uuid not null, participant_id uuid not null, name text not null check (length(name) between 1 and 200), relation text not null check (length(relation) between 1 and 100),
  takes_part boolean not null default true, phone text check (length(phone) <= 40), version int not null default 1,
  foreign key (service_id, participant_id) references participant (service_id, id)
);
create index on family_member (service_id, participant_id);
create index on family_member (participant_id);
create table recognition (
  id uuid primary key, service_id uuid not null, participant_id uuid not null, scheme text not null, reference text check (length(reference) <= 100),
  state text not null check (state in ('granted','asked','refused','none')), valid_from date, valid_until date, version int not null default 1,
  check (valid_until >= valid_from), foreign key (service_id, participant_id) references participant (service_id, id)
);
create index on recognition (service_id, participant_id);
create index on recognition (participant_id);
-- Needs for support and disability families: one row a person; each answered or refused. No health detail.
create table functional_profile (
  participant_id uuid primary key, service_id uuid not null, families text[] not null default '{}', main_family text,
  families_refused boolean not null default false, support_needs text check (length(support_needs) <= 4000), version int not null default 1,
  foreign key (service_id, participant_id) references participant (service_id, id), check (main_family is null or main_family = any (families))
);
create index on functional_profile (service_id, participant_id);
-- Washington Group short set: 1 no difficulty … 4 cannot do at all, 7 refused, 9 does not know; the raw answers are kept.
create table washington_group (
  id uuid primary key, service_id uuid not null, participant_id uuid not null, asked_on date not null, answered_by text not null check (answered_by in ('self','proxy','self-with-help')),
  seeing int not null check (seeing in (1,2,3,4,7,9)), hearing int not null check (hearing in (1,2,3,4,7,9)), walking int not null check (walking in (1,2,3,4,7,9)),
  remembering int not null check (remembering in (1,2,3,4,7,9)), self_care int not null check (self_care in (1,2,3,4,7,9)), communicating int not null check (communicating in (1,2,3,4,7,9)),
  recorded_at timestamptz not null, recorded_by uuid, foreign key (service_id, participant_id) references participant (service_id, id)
);
create index on washington_group (service_id, participant_id);
create index on washington_group (participant_id, asked_on desc);
-- What funders need to know at entry, item by item: a value of the item's closed list, or refused.
create table entry_answer (
  participant_id uuid not null, service_id uuid not null, item text not null, value text, refused boolean not null default false,
  answered_on date not null, recorded_by uuid, version int not null default 1, primary key (participant_id, item), check ((value is null) = refused),
  foreign key (service_id, participant_id) references participant (service_id, id)
);
create index on entry_answer (service_id, participant_id);
create table information_given (
  id uuid primary key, service_id uuid not null, participant_id uuid not null, given_on date not null, wording_version text not null,
  format text not null, willing text not null check (willing in ('yes','no','later')), given_by uuid, recorded_at timestamptz not null,
  foreign key (service_id, participant_id) references participant (service_id, id)
);
create index on information_given (service_id, participant_id);
create index on information_given (participant_id);
create table consent (
  id uuid primary key, service_id uuid not null, participant_id uuid not null, purpose text not null, answer text not null check (answer in ('yes','no')),
  wording_version text not null, format text not null, giver text not null check (giver in ('self','self-with-support','self-and-legal')), method text not null,
  witness text check (length(witness) <= 200), co_signer text check (length(co_signer) <= 200), read_in text, read_by text check (length(read_by) <= 200), evidence text check (length(evidence) <= 500), given_on date not null, withdrawn_on date, version int not null default 1, check (withdrawn_on >= given_on),
  foreign key (service_id, participant_id) references participant (service_id, id)
);
create index on consent (service_id, participant_id);
create index on consent (participant_id);
create table protection_measure (
  id uuid primary key, service_id uuid not null, participant_id uuid not null,
  kind text not null check (kind in ('none','minor','assistance','representation','mandate','institution','support-person','other')),
  holder text check (length(holder) <= 200), holder_phone text check (length(holder_phone) <= 40), acts text[] not null default '{}', by_service boolean not null default false, document text check (length(document) <= 200), from_on date, until_on date,
  withdrawn_at timestamptz, withdrawn_by uuid references app_user, withdrawn_reason text check (length(withdrawn_reason) <= 500), version int not null default 1,
  check (until_on >= from_on), check ((withdrawn_at is null) = (withdrawn_reason is null)), foreign key (service_id, participant_id) references participant (service_id, id)
);
create index on protection_measure (service_id, participant_id);
create index on protection_measure (participant_id);
create index on protection_measure (withdrawn_by);

-- Down Migration
drop index assignment_service_id_participant_id_idx;
alter table agenda_entry drop constraint agenda_enrolment, drop constraint agenda_participant;
alter table participation drop constraint participation_participant;
alter table enrolment drop constraint enrolment_participant;
alter table referral drop constraint referral_participant;
alter table step drop constraint step_participant;
alter table happening drop constraint happening_participant;
alter table assignment drop constraint assignment_participant;
drop table protection_measure, consent, information_given, entry_answer, washington_group, functional_profile, recognition, family_member, participant_phone, participant cascade;
