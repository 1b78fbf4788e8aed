-- Up Migration
create table placement (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, enrolment_id uuid, employer_id uuid not null, site_id uuid,
  title text not null check (length(title) between 1 and 200), occupation_code text check (length(occupation_code) <= 20),
  planned_start_on date, contract_on date,
  -- The anchor of every milestone: the first day worked. Never turned up is never started.
  first_day_on date, never_started_on date,
  setting text not null check (setting in ('ordinary', 'adapted', 'sheltered', 'own-account', 'family')), reserved boolean not null default false,
  contract text not null check (contract in ('permanent', 'fixed', 'agency', 'apprenticeship', 'public', 'seasonal', 'daily', 'none-written', 'own-account')),
  planned_end_on date, trial_end_on date, weekly_minutes int check (weekly_minutes between 1 and 6000),
  -- Minor units of the currency.
  wage bigint check (wage >= 0), wage_period text check (wage_period in ('hour', 'day', 'week', 'month', 'year')), currency text check (currency ~ '^[A-Z]{3}$'),
  subsidised boolean not null default false, tutor text check (length(tutor) <= 200), found_by text not null check (found_by in ('person', 'coach', 'family', 'public-employment-service', 'advertisement', 'employer', 'already-there', 'other')),
  last_day_on date, end_precision text check (end_precision in ('exact', 'month', 'interval')), end_after_on date, end_learnt_on date,
  end_by text check (end_by in ('worker', 'employer', 'both', 'term', 'unknown')),
  end_reason text check (end_reason in ('trial-ended', 'term', 'better-job', 'conditions', 'accommodation', 'health', 'conflict', 'transport', 'care', 'economic', 'closure', 'retirement', 'death', 'unknown')),
  -- By when somebody speaks with the person about a job that ended, where no step of a protocol asks for it.
  contact_due_on date,
  annulled_at timestamptz, annulled_reason text check (length(annulled_reason) <= 500),
  created_at timestamptz not null, created_by uuid references app_user, version int not null default 1,
  unique (service_id, id), unique (service_id, participant_id, id),
  check (last_day_on >= first_day_on), check (first_day_on is not null or last_day_on is null), check (never_started_on is null or first_day_on is null),
  check (planned_end_on >= coalesce(first_day_on, planned_start_on)), check ((wage is null) = (wage_period is null)), check ((wage is null) = (currency is null)),
  check ((last_day_on is null) = (end_precision is null)), check ((last_day_on is null) = (end_by is null)), check ((last_day_on is null) = (end_reason is null)), check ((last_day_on is null) = (end_learnt_on is null)),
  check ((end_precision is not distinct from 'interval') = (end_after_on is not null)), check (end_after_on >= first_day_on and end_after_on < last_day_on), check (contact_due_on is null or last_day_on is not null),
  check ((annulled_at is null) = (annulled_reason is null)),
  constraint placement_one_spell_at_an_employer exclude using gist (participant_id with =, employer_id with =, daterange(first_day_on, last_day_on, '[]') with &&) where (first_day_on is not null and annulled_at is null),
  foreign key (service_id, participant_id) references participant (service_id, id),
  foreign key (service_id, participant_id, enrolment_id) references enrolment (service_id, participant_id, id), foreign key (service_id, employer_id) references employer (service_id, id),
  constraint placement_site foreign key (service_id, employer_id, site_id) references employer_site (service_id, employer_id, id) deferrable
);
create index on placement (service_id, participant_id);
create index on placement (service_id, employer_id);
create index on placement (service_id, employer_id, site_id);
create index on placement (service_id, first_day_on) where annulled_at is null;
create index on placement (participant_id, first_day_on);
create index on placement (enrolment_id);
create index on placement (created_by);
-- All that was done with it: of a change, from which day it holds. The row above says what all of it comes to.
create table placement_change (
  id uuid primary key, placement_id uuid not null, service_id uuid not null, participant_id uuid not null,
  act text not null check (act in ('planned', 'started', 'first-day-corrected', 'changed', 'never-started', 'ended', 'reopened', 'annulled', 'evidence-removed')),
  effective_on date not null, before jsonb not null, after jsonb not null, reason text check (length(reason) <= 500),
  recorded_at timestamptz not null, recorded_by uuid references app_user, foreign key (service_id, participant_id, placement_id) references placement (service_id, participant_id, id)
);
create index on placement_change (service_id, participant_id, placement_id);
create index on placement_change (recorded_by);
-- What shows that the person was there on a day: the first, the last, or one between.
create table placement_evidence (
  id uuid primary key, placement_id uuid not null, service_id uuid not null, participant_id uuid not null,
  about text not null check (about in ('first-day', 'presence', 'end')), on_day date not null,
  kind text not null check (kind in ('contract', 'payslip', 'declaration', 'certificate', 'employer-word', 'worker-word', 'coach-word')),
  level text not null check (level in ('coach', 'worker', 'employer', 'document')), document_id uuid, note text check (length(note) <= 500),
  recorded_at timestamptz not null, recorded_by uuid references app_user,
  -- Since when it shows nothing any more; by whom and why stands among what was done with the job.
  withdrawn_at timestamptz,
  check (level <> 'document' or document_id is not null),
  foreign key (service_id, participant_id, placement_id) references placement (service_id, participant_id, id), foreign key (service_id, participant_id, document_id) references document (service_id, participant_id, id)
);
create index on placement_evidence (service_id, participant_id, placement_id);
create index on placement_evidence (service_id, document_id, participant_id);
create index on placement_evidence (recorded_by);

-- Down Migration
drop table placement_evidence, placement_change, placement;
