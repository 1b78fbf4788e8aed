-- Up Migration
create table import_run (
  id uuid primary key, service_id uuid not null references service, file_name text not null check (length(file_name) between 1 and 200), sha256 text not null, bytes int not null,
  encoding text not null, separator text not null, header_line int not null, headers text[] not null,
  -- What its columns hold, closed: samples are about people.
  columns text not null, mapping jsonb, answers jsonb not null default '{}',
  state text not null check (state in ('read', 'previewed', 'committing', 'committed', 'failed', 'discarded')), failure text,
  rows int not null, done int not null default 0, counts jsonb not null default '{}',
  created_at timestamptz not null, created_by uuid references app_user, committed_at timestamptz, version int not null default 1,
  unique (service_id, id), check ((state = 'failed') = (failure is not null)), check ((state = 'committed') = (committed_at is not null))
);
create index on import_run (service_id, created_at desc);
create index on import_run (created_by);
create unique index import_one_at_a_time on import_run (service_id) where state = 'committing';
create table import_row (
  run_id uuid not null, service_id uuid not null, line int not null,
  -- The row as it stands in the file, closed; gone once it has been taken over.
  cells text,
  -- What became of it says so in the file's own words: closed too; empty where there is nothing to say.
  outcome text check (outcome in ('new', 'same', 'changes', 'repaired', 'refused')), says text not null default '', participant_id uuid,
  -- What somebody decided where the row may mean people who are there: one of them, or none of these.
  same_as uuid, other_than uuid[], check (same_as is null or other_than is null),
  primary key (run_id, line), foreign key (service_id, run_id) references import_run (service_id, id),
  foreign key (service_id, participant_id) references participant (service_id, id), foreign key (service_id, same_as) references participant (service_id, id)
);
create index on import_row (service_id, run_id);
create index on import_row (service_id, participant_id);
create index on import_row (service_id, same_as) where same_as is not null;
-- How a service's own register is read, remembered by its headers.
create table import_mapping (
  service_id uuid not null references service, headers_hash text not null, mapping jsonb not null, answers jsonb not null default '{}', used_at timestamptz not null, primary key (service_id, headers_hash)
);

-- Down Migration
drop table import_mapping, import_row, import_run;
