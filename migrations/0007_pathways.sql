-- Up Migration
create table protocol_version (
  id uuid primary key, federation_id uuid references federation, pathway text not null check (pathway in ('orientation','employment-advice','entrepreneurship')),
  number int not null, state text not null check (state in ('draft','published')), document jsonb not null, hash text,
  created_by uuid, created_at timestamptz not null, published_by uuid, published_at timestamptz, version int not null default 1,
  unique nulls not distinct (federation_id, pathway, number), check ((state = 'published') = (published_at is not null and hash is not null))
);
-- The protocol as rows: what the database itself checks a step against.
create table protocol_stage (
  version_id uuid not null references protocol_version, key text not null, position int not null, first boolean not null, admits boolean not null default false,
  ends text check (ends in ('success','exit')), primary key (version_id, key)
);
create unique index protocol_stage_one_first on protocol_stage (version_id) where first;
create table protocol_step (
  version_id uuid not null, key text not null, from_stage text not null, to_stage text not null,
  requires text[] not null, taken_by text[] not null, deviation_by text[] not null default '{}', reasons text[] not null default '{}',
  primary key (version_id, key, from_stage),
  foreign key (version_id, from_stage) references protocol_stage (version_id, key),
  foreign key (version_id, to_stage) references protocol_stage (version_id, key)
);
create index on protocol_step (version_id, from_stage);
create index on protocol_step (version_id, to_stage);
create table protocol_adoption (
  id uuid primary key, programme_id uuid not null references programme, pathway text not null, version_id uuid not null references protocol_version,
  adopted_on date not null, adopted_by uuid
);
-- The last one of a day counts: a wrong choice is put right at once.
create index on protocol_adoption (programme_id, pathway, adopted_on desc, id desc);
create index on protocol_adoption (version_id);
create table participation (
  id uuid primary key, service_id uuid not null references service, operation_id uuid not null references operation, participant_id uuid not null,
  entered_on date not null, left_on date, version int not null default 1, check (left_on >= entered_on),
  unique (service_id, participant_id, id)
);
create index on participation (service_id);
create index on participation (participant_id);
create index on participation (operation_id);
create table enrolment (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, participation_id uuid,
  pathway text not null, protocol_version_id uuid not null references protocol_version, operation_id uuid not null references operation,
  track text check (track in ('advice','existing-enterprise','apprentice','group')),
  stage text not null, stage_since date not null,
  referred_on date not null, admitted_on date, closed_on date, close_reason text,
  pause_reason text check (length(pause_reason) <= 500), paused_on date, pause_until date, paused_days int not null default 0,
  created_at timestamptz not null, created_by uuid, version int not null default 1,
  -- What hangs on an enrolment names its person as well: the references below are to the three.
  unique (service_id, participant_id, id), foreign key (service_id, participant_id, participation_id) references participation (service_id, participant_id, id),
  foreign key (protocol_version_id, stage) references protocol_stage (version_id, key)
);
create index on enrolment (service_id, id);
create index on enrolment (participant_id);
create index on enrolment (participation_id);
create index on enrolment (operation_id);
create index on enrolment (protocol_version_id, stage);
create unique index enrolment_one_open on enrolment (participant_id, pathway, operation_id) where closed_on is null;
create table referral (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, enrolment_id uuid not null,
  source text not null, received_on date not null, wish text check (length(wish) <= 2000), decision_on date,
  entitlement text, entitlement_reference text, entitlement_from date, entitlement_until date,
  answer text check (answer in ('admitted','waiting','declined')), answered_on date, decline_reason text, explained_format text,
  waiting_since date, review_on date, version int not null default 1,
  check ((answer is null) = (answered_on is null)), check ((answer = 'declined') = (decline_reason is not null) or answer is null), check (answered_on >= received_on),
  foreign key (service_id, participant_id, enrolment_id) references enrolment (service_id, participant_id, id)
);
create index on referral (service_id);
create index on referral (participant_id);
create unique index on referral (enrolment_id);
-- Append-only history. Only the trigger on it, app.take_step, writes enrolment.stage.
create table step (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, enrolment_id uuid not null, seq int not null,
  version_id uuid not null, key text, from_stage text not null, to_stage text not null,
  met text[] not null, evidence jsonb not null default '[]', deviation_reason text check (length(deviation_reason) <= 1000),
  reason text check (length(reason) <= 1000), effective_on date not null, taken_at timestamptz not null, taken_by uuid, taken_as text not null,
  annuls uuid,
  -- What the answer to a referral said beside its reason: when it is looked at again, in what form a refusal was explained.
  review_on date, explained_format text,
  -- Written by the trigger: days that pauses took from the stage which this step leaves.
  paused_days int not null default 0,
  unique (service_id, participant_id, id), foreign key (service_id, participant_id, annuls) references step (service_id, participant_id, id),
  unique (enrolment_id, seq), unique (annuls), check ((key is null) = (annuls is not null)),
  foreign key (service_id, participant_id, enrolment_id) references enrolment (service_id, participant_id, id),
  -- An annulment follows no rule of the protocol: its key is null, and this reference is not looked at.
  foreign key (version_id, key, from_stage) references protocol_step (version_id, key, from_stage)
);
create index on step (service_id, id);
create index on step (participant_id);
create index on step (version_id, key, from_stage);
-- What happened elsewhere while conditions of the step that answers it were missing: the fact stands, and what is missing is asked for.
create table happening (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, enrolment_id uuid not null,
  -- The step that it would have taken, and how many rows its history had then.
  name text not null, step text not null, after_seq int not null, happened_on date not null, learned_on date not null, recorded_by uuid, check (happened_on <= learned_on),
  foreign key (service_id, participant_id, enrolment_id) references enrolment (service_id, participant_id, id)
);
create index on happening (service_id);
create index on happening (participant_id);
create index on happening (enrolment_id);
-- What belongs to the history and moves no stage: a pause and its end, another version of the protocol, evidence that has gone or come back. Append-only.
create table enrolment_act (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, enrolment_id uuid not null,
  kind text not null check (kind in ('paused','resumed','moved','evidence-gone','evidence-back')),
  happened_on date not null, recorded_at timestamptz not null, recorded_by uuid, recorded_as text not null, reason text check (length(reason) <= 1000),
  -- Of a pause, its last day as it was planned; of its end, how many days it took.
  until_on date, days int, from_version_id uuid references protocol_version, to_version_id uuid references protocol_version,
  -- Of evidence: the step that rested on it, and the key of its requirement.
  step_id uuid, requirement text,
  check ((kind = 'paused') = (until_on is not null)), check ((kind = 'resumed') = (days is not null)), check (days >= 0),
  check ((kind = 'moved') = (from_version_id is not null and to_version_id is not null)), check ((kind like 'evidence-%') = (step_id is not null and requirement is not null)),
  check (kind not in ('paused', 'moved') or btrim(reason) <> ''), foreign key (service_id, participant_id, step_id) references step (service_id, participant_id, id),
  foreign key (service_id, participant_id, enrolment_id) references enrolment (service_id, participant_id, id)
);
create index on enrolment_act (service_id);
create index on enrolment_act (participant_id);
create index on enrolment_act (enrolment_id);
create index on enrolment_act (step_id);
create index on enrolment_act (from_version_id);
create index on enrolment_act (to_version_id);

-- Down Migration
drop table enrolment_act, happening, step, referral, enrolment, participation, protocol_adoption, protocol_step, protocol_stage, protocol_version cascade;
