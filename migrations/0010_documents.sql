-- Up Migration
-- What somebody can show: always about a person, and hanging on the thing that it proves (a placement, an agreement, a plan).
create table document (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null,
  subject_kind text not null check (subject_kind ~ '^[a-z-]+$'), subject_id uuid not null,
  kind text not null check (kind in ('contract', 'payslip', 'certificate', 'declaration', 'decision', 'agreement', 'plan', 'letter', 'other')),
  name text not null check (length(name) between 1 and 200),
  media_type text not null check (media_type in ('application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.oasis.opendocument.text')),
  bytes int not null check (bytes between 1 and 10485760), sha256 text not null, dated_on date,
  added_at timestamptz not null, added_by uuid references app_user,
  removed_at timestamptz, removed_by uuid references app_user, removed_reason text check (length(removed_reason) <= 500), version int not null default 1,
  check ((removed_at is null) = (removed_reason is null)), unique (service_id, participant_id, id),
  foreign key (service_id, participant_id) references participant (service_id, id)
);
create index on document (service_id, participant_id);
create index on document (subject_id);
create index on document (added_by);
create index on document (removed_by);
-- Apart, so that no list of documents ever reads their bytes. Closed by the application (decision 0023): they do not compress.
create table document_content (
  document_id uuid primary key, service_id uuid not null, participant_id uuid not null, content bytea not null,
  foreign key (service_id, participant_id, document_id) references document (service_id, participant_id, id), foreign key (service_id, participant_id) references participant (service_id, id)
);
alter table document_content alter column content set storage external;
create index on document_content (service_id, document_id, participant_id);

-- Down Migration
drop table document_content, document;
