-- Up Migration
create table application (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null,
  -- The enrolment on employment advice that was open; none where somebody applies before it or beside it.
  enrolment_id uuid, employer_id uuid, employer_name text not null check (length(employer_name) between 1 and 200), title text not null check (length(title) between 1 and 200),
  found_by text not null check (found_by in ('person', 'coach', 'family', 'public-employment-service', 'advertisement', 'employer', 'other')),
  state text not null check (state in ('planned', 'sent', 'interview', 'trial', 'offer', 'accepted', 'refused', 'withdrawn', 'no-answer')), state_on date not null,
  applied_on date, interview_on date, check (state <> 'interview' or interview_on is not null), check (interview_on >= applied_on), note text check (length(note) <= 2000), created_at timestamptz not null, created_by uuid references app_user, version int not null default 1,
  unique (service_id, id), foreign key (service_id, participant_id) references participant (service_id, id),
  foreign key (service_id, participant_id, enrolment_id) references enrolment (service_id, participant_id, id), foreign key (service_id, employer_id) references employer (service_id, id)
);
create index on application (service_id, participant_id);
create index on application (service_id, employer_id);
create index on application (enrolment_id);
create index on application (created_by);
-- What happens to benefits when income comes: told in a format that suits, or declined. Added to, never rewritten.
create table benefits_advice (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, enrolment_id uuid,
  answer text not null check (answer in ('given', 'declined')), given_on date not null, situation text check (length(situation) <= 2000), changes text check (length(changes) <= 2000), format text,
  recorded_at timestamptz not null, recorded_by uuid references app_user,
  check ((answer = 'given') = (format is not null)), check ((answer = 'given') = (situation is not null)), check ((answer = 'given') = (changes is not null)), foreign key (service_id, participant_id) references participant (service_id, id),
  foreign key (service_id, participant_id, enrolment_id) references enrolment (service_id, participant_id, id)
);
create index on benefits_advice (service_id, participant_id);
create index on benefits_advice (enrolment_id);
create index on benefits_advice (recorded_by);
-- The person agrees, or not, to a step that rests on it: standby, or to leave in work. The person answers, nobody instead; a new answer is a new row.
create table agreed_step (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, enrolment_id uuid not null,
  to_what text not null check (to_what in ('standby', 'leave')), answer text not null check (answer in ('yes', 'no')), answered_on date not null, format text not null,
  giver text not null check (giver in ('self', 'self-with-support', 'self-and-legal')), recorded_at timestamptz not null, recorded_by uuid references app_user,
  foreign key (service_id, participant_id) references participant (service_id, id),
  foreign key (service_id, participant_id, enrolment_id) references enrolment (service_id, participant_id, id)
);
create index on agreed_step (service_id, participant_id);
create index on agreed_step (enrolment_id);
create index on agreed_step (recorded_by);

-- Down Migration
drop table agreed_step, benefits_advice, application;
