-- Up Migration
create extension if not exists btree_gist;
-- Who accompanies whom, from when, until when. participant_id gets its foreign key with the participants' table:
-- the assignment is written first, so that nobody exists without an owner.
create table assignment (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null, coach_id uuid not null references app_user,
  kind text not null check (kind in ('lead', 'team', 'cover')),
  from_on date not null, until_on date, reason text check (length(reason) <= 500), version int not null default 1,
  -- Set on what was planned and taken back before it began: it held on no day.
  withdrawn_on date,
  check (until_on >= from_on), check (withdrawn_on is null or (withdrawn_on < from_on and until_on = from_on)),
  constraint one_lead_at_a_time exclude using gist (participant_id with =, daterange(from_on, until_on, '[)') with &&) where (kind = 'lead')
);
create index on assignment (service_id, coach_id, participant_id) include (from_on, until_on);
create index on assignment (participant_id);
create index on assignment (coach_id);

-- Down Migration
drop table assignment;
