-- Up Migration
create table agreement (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, enrolment_id uuid not null, employer_id uuid,
  kind text not null check (kind in ('two-party', 'three-party')), wording_version text not null, terms text check (length(terms) <= 8000), from_on date not null, until_on date,
  -- Every party that this agreement needs has signed; the last signature's day.
  signed_on date, ended_on date, ended_reason text check (length(ended_reason) <= 500), created_at timestamptz not null, created_by uuid references app_user, version int not null default 1,
  unique (service_id, participant_id, id), check (until_on >= from_on), check (ended_on >= signed_on), check ((ended_on is null) = (ended_reason is null)), check ((kind = 'three-party') = (employer_id is not null)),
  foreign key (service_id, participant_id) references participant (service_id, id),
  foreign key (service_id, participant_id, enrolment_id) references enrolment (service_id, participant_id, id), foreign key (service_id, employer_id) references employer (service_id, id)
);
create index on agreement (service_id, participant_id);
create index on agreement (service_id, employer_id);
create index on agreement (enrolment_id);
create index on agreement (created_by);
-- Handwritten, a mark with a witness chosen by the person, a recorded voice, electronic: all equal. `legal` stands beside the person, never instead.
create table agreement_signature (
  id uuid primary key, agreement_id uuid not null, service_id uuid not null, participant_id uuid not null,
  party text not null check (party in ('participant', 'service', 'employer', 'legal')),
  -- The person alone, or with somebody who helps to understand; never somebody instead.
  giver text check (giver in ('self', 'self-with-support')), check ((party = 'participant') = (giver is not null)), name text not null check (length(name) between 1 and 200), capacity text check (length(capacity) <= 100),
  method text not null check (method in ('handwritten', 'mark', 'voice', 'electronic')), witness text check (length(witness) <= 200),
  read_aloud_in text check (length(read_aloud_in) <= 60), read_aloud_by text check (length(read_aloud_by) <= 200), signed_on date not null, document_id uuid,
  recorded_at timestamptz not null, recorded_by uuid references app_user,
  unique (agreement_id, party), check (method <> 'mark' or witness is not null), check ((read_aloud_in is null) = (read_aloud_by is null)),
  foreign key (service_id, participant_id, agreement_id) references agreement (service_id, participant_id, id), foreign key (service_id, participant_id) references participant (service_id, id), foreign key (service_id, participant_id, document_id) references document (service_id, participant_id, id)
);
create index on agreement_signature (service_id, agreement_id, participant_id);
create index on agreement_signature (service_id, participant_id);
create index on agreement_signature (service_id, document_id, participant_id);
create index on agreement_signature (recorded_by);

-- Down Migration
drop table agreement_signature, agreement;
