-- Up Migration
-- A need at work, functional and in the worker's words, with who sees to it and what stands meanwhile. Never its medical reason.
create table accommodation (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, placement_id uuid,
  kind text not null check (kind in ('time', 'tasks', 'premises', 'tools', 'software', 'human-help', 'interpreter', 'transport', 'remote-work', 'colleagues-training', 'accessible-instructions', 'other')),
  need text not null check (length(need) between 1 and 1000), raised_on date not null, raised_by text not null check (raised_by in ('worker', 'coach', 'employer')),
  -- Who sees to it may be named later; until then a job that begins makes it a task.
  agreed_on date, owner text check (owner in ('coach', 'worker', 'employer', 'other')), owner_name text check (length(owner_name) <= 200),
  interim text check (length(interim) <= 500), interim_from_on date, state text not null check (state in ('open', 'in-place', 'not-needed', 'withdrawn')), state_on date not null,
  created_at timestamptz not null, created_by uuid references app_user, version int not null default 1,
  check (agreed_on >= raised_on), check (owner_name is null or owner is not null), check ((interim is null) = (interim_from_on is null)), unique (service_id, id),
  foreign key (service_id, participant_id) references participant (service_id, id), foreign key (service_id, participant_id, placement_id) references placement (service_id, participant_id, id)
);
create index on accommodation (service_id, participant_id, placement_id);
create index on accommodation (created_by);
-- The answer that no need is known, which is one: on that day the person was asked.
create table no_need_known (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, answered_on date not null, recorded_at timestamptz not null, recorded_by uuid references app_user,
  foreign key (service_id, participant_id) references participant (service_id, id)
);
create index on no_need_known (service_id, participant_id);
create index on no_need_known (recorded_by);

-- Down Migration
drop table no_need_known, accommodation;
