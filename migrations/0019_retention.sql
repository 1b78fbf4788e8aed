-- Up Migration
-- A day M at which a person's situation is asked: months after the first day worked, after admission (already in work), after the exit.
create table milestone (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, placement_id uuid, enrolment_id uuid,
  anchor text not null check (anchor in ('first-day', 'admission', 'exit')), anchored_on date not null,
  -- 28 days after the exit is month 0.
  month int not null check (month between 0 and 36), due_on date not null, cancelled_at timestamptz, cancelled_reason text check (length(cancelled_reason) <= 200), version int not null default 1,
  check (due_on >= anchored_on), check ((cancelled_at is null) = (cancelled_reason is null)), check (placement_id is not null or enrolment_id is not null),
  unique (service_id, participant_id, id), unique nulls not distinct (placement_id, enrolment_id, anchor, month),
  foreign key (service_id, participant_id) references participant (service_id, id),
  foreign key (service_id, participant_id, enrolment_id) references enrolment (service_id, participant_id, id), foreign key (service_id, participant_id, placement_id) references placement (service_id, participant_id, id)
);
create index on milestone (service_id, participant_id, placement_id);
create index on milestone (service_id, due_on) where cancelled_at is null;
create index on milestone (enrolment_id);
-- Answers are added, never changed: the latest of a side counts, and what was corrected stays.
create table milestone_answer (
  id uuid primary key, milestone_id uuid not null, service_id uuid not null, participant_id uuid not null, side text not null check (side in ('worker', 'employer')),
  status text not null check (status in ('at-work', 'absent', 'elsewhere', 'self-employed', 'training', 'not-in-work', 'unknown', 'refused', 'deceased')),
  -- The situation is the one on this day, whenever the answer came.
  about_on date not null, answered_on date not null, channel text not null check (channel in ('call', 'in-person', 'message', 'paper', 'link', 'document')),
  level text not null check (level in ('coach', 'worker', 'employer', 'document')), absent_why text check (absent_why in ('sick', 'parental', 'suspended', 'season', 'other')), absent_since_on date, back_on date,
  -- Six months after the exit, of who was in work at the entry: what is better (EECR06).
  changed text[] check (changed <@ '{stable,full,skilled,responsible,promoted,none}' and cardinality(changed) > 0 and (not 'none' = any (changed) or cardinality(changed) = 1)),
  document_id uuid, note text check (length(note) <= 2000), recorded_at timestamptz not null, recorded_by uuid references app_user,
  check (answered_on >= about_on), check ((status = 'absent') = (absent_why is not null)), check (level <> 'document' or document_id is not null),
  foreign key (service_id, participant_id, milestone_id) references milestone (service_id, participant_id, id), foreign key (service_id, participant_id, document_id) references document (service_id, participant_id, id)
);
create index on milestone_answer (service_id, participant_id, milestone_id);
create index on milestone_answer (service_id, document_id, participant_id);
create index on milestone_answer (recorded_by);
create table milestone_attempt (
  id uuid primary key, milestone_id uuid not null, service_id uuid not null, participant_id uuid not null, side text not null check (side in ('worker', 'employer')), tried_on date not null,
  channel text not null check (channel in ('call', 'in-person', 'message', 'paper', 'link')), note text check (length(note) <= 500), recorded_at timestamptz not null, recorded_by uuid references app_user,
  foreign key (service_id, participant_id, milestone_id) references milestone (service_id, participant_id, id)
);
create index on milestone_attempt (service_id, participant_id, milestone_id);
create index on milestone_attempt (recorded_by);

-- Down Migration
drop table milestone_attempt, milestone_answer, milestone;
