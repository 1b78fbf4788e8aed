-- Up Migration
create table plan (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, enrolment_id uuid not null,
  kind text not null check (kind in ('search', 'action', 'support', 'business', 'financing')), opened_on date not null,
  review_on date, closed_on date, note text check (length(note) <= 4000), created_at timestamptz not null, created_by uuid references app_user, version int not null default 1,
  unique (service_id, participant_id, id), check (closed_on >= opened_on), foreign key (service_id, participant_id) references participant (service_id, id),
  foreign key (service_id, participant_id, enrolment_id) references enrolment (service_id, participant_id, id)
);
create unique index plan_one_open on plan (enrolment_id, kind) where closed_on is null;
create index on plan (service_id, participant_id);
create index on plan (enrolment_id);
create index on plan (created_by);
-- No plan is valid without the person's own answer, in their format; who validates it validates what the person agreed to. Where the goals change, another answer is asked for, and this one stays with its last day.
create table plan_agreement (
  id uuid primary key, plan_id uuid not null, service_id uuid not null, participant_id uuid not null,
  agreed_on date not null, format text not null, giver text not null check (giver in ('self', 'self-with-support', 'self-and-legal')), co_signer text check (length(co_signer) <= 200),
  validated_on date, validated_by uuid references app_user, validated_as text check (validated_as in ('coach', 'manager')), superseded_on date, recorded_at timestamptz not null, recorded_by uuid references app_user, version int not null default 1,
  check ((giver = 'self-and-legal') = (co_signer is not null)), check (validated_on >= agreed_on), check ((validated_on is null) = (validated_by is null)), check ((validated_on is null) = (validated_as is null)), check (superseded_on >= agreed_on),
  foreign key (service_id, participant_id, plan_id) references plan (service_id, participant_id, id), foreign key (service_id, participant_id) references participant (service_id, id)
);
create unique index plan_agreement_one on plan_agreement (plan_id) where superseded_on is null;
create index on plan_agreement (service_id, plan_id, participant_id);
create index on plan_agreement (service_id, participant_id);
create index on plan_agreement (validated_by);
create index on plan_agreement (recorded_by);
create table plan_goal (
  id uuid primary key, plan_id uuid not null, service_id uuid not null, participant_id uuid not null, words text not null check (length(words) between 1 and 1000), own_words boolean not null, position int not null,
  added_on date not null, dropped_on date, reached_on date, version int not null default 1, check (dropped_on is null or reached_on is null), check (dropped_on >= added_on), check (reached_on >= added_on),
  foreign key (service_id, participant_id, plan_id) references plan (service_id, participant_id, id), foreign key (service_id, participant_id) references participant (service_id, id)
);
create index on plan_goal (service_id, plan_id, participant_id);
create index on plan_goal (service_id, participant_id);
create table plan_action (
  id uuid primary key, plan_id uuid not null, service_id uuid not null, participant_id uuid not null, what text not null check (length(what) between 1 and 500),
  who text not null check (who in ('person', 'coach', 'employer', 'other')), added_on date not null, due_on date not null, done_on date, dropped_on date, position int not null, version int not null default 1,
  foreign key (service_id, participant_id, plan_id) references plan (service_id, participant_id, id), foreign key (service_id, participant_id) references participant (service_id, id), check (done_on is null or dropped_on is null), check (due_on >= added_on), check (done_on >= added_on), check (dropped_on >= added_on)
);
create index on plan_action (service_id, plan_id, participant_id);
create index on plan_action (service_id, participant_id);
-- Colleagues, family …: who helps without being paid for it. "None needed" is an answer of its own. `ended_on` is the first day on which it no longer holds.
create table natural_support (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, enrolment_id uuid not null,
  none_needed boolean not null, name text check (length(name) <= 200), relation text check (relation in ('tutor', 'colleague', 'management', 'family', 'friend', 'other')), for_what text check (length(for_what) <= 500),
  from_on date not null, ended_on date, recorded_at timestamptz not null, recorded_by uuid references app_user, version int not null default 1,
  check (none_needed = (name is null)), check ((name is null) = (relation is null)), check (ended_on >= from_on), foreign key (service_id, participant_id) references participant (service_id, id),
  foreign key (service_id, participant_id, enrolment_id) references enrolment (service_id, participant_id, id)
);
create index on natural_support (service_id, participant_id);
create index on natural_support (enrolment_id);
create index on natural_support (recorded_by);

-- Down Migration
drop table natural_support, plan_action, plan_goal, plan_agreement, plan;
