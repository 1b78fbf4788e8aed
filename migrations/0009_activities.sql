-- Up Migration
create table activity (
  id uuid primary key, service_id uuid not null references service, kind text not null check (kind in ('interview','phone','visit','administration')),
  mode text not null check (mode in ('in-person','call','video','message','paper')), place text check (length(place) <= 200),
  happened_on date not null, minutes int not null check (minutes between 0 and 1440 and (minutes > 0 or outcome <> 'done')),
  outcome text not null check (outcome in ('done','no-show','excused')), note text check (length(note) <= 8000),
  recorded_at timestamptz not null, recorded_by uuid not null references app_user,
  withdrawn_at timestamptz, withdrawn_by uuid references app_user, withdrawn_reason text check (length(withdrawn_reason) <= 500), version int not null default 1,
  check ((withdrawn_at is null) = (withdrawn_reason is null)),
  unique (service_id, id, happened_on)
);
create index on activity (recorded_by);
create index on activity (withdrawn_by);
-- Whom it served. The day is repeated for the index, and follows the activity's when that is corrected.
create table activity_participant (
  activity_id uuid not null, service_id uuid not null, participant_id uuid not null, happened_on date not null,
  primary key (activity_id, participant_id),
  foreign key (service_id, activity_id, happened_on) references activity (service_id, id, happened_on) on update cascade,
  foreign key (service_id, participant_id) references participant (service_id, id)
);
create index on activity_participant (service_id, activity_id, happened_on);
create index on activity_participant (service_id, participant_id);
create index on activity_participant (participant_id, happened_on desc);
create table saved_view (
  id uuid primary key, user_id uuid not null references app_user, service_id uuid not null references service, name text not null check (length(name) between 1 and 60), query text not null check (length(query) <= 500),
  unique (user_id, service_id, name)
);
create index on saved_view (service_id);

-- Down Migration
drop table saved_view, activity_participant, activity;
