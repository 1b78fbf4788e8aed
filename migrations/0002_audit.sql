-- Up Migration
create table audit_event (
  id uuid primary key,
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  actor_role text not null,
  on_behalf_of uuid,
  service_id uuid,
  action text not null check (action ~ '^[a-z-]+\.[a-z-]+$'),
  outcome text not null check (outcome in ('done', 'read', 'refused')),
  code text,
  subject_kind text not null,
  subject_id uuid,
  participant_id uuid,
  changes jsonb,
  reason text,
  request_id text
);
create index on audit_event (service_id, id desc);
create index on audit_event (participant_id, id desc) where participant_id is not null;
create index on audit_event (actor_name, id desc);
create index on audit_event (action, id desc);
create index on audit_event (outcome, id desc);
create function app.refuse_change() returns trigger language plpgsql set search_path = '' as $$
begin raise exception 'append only: %', tg_table_name using errcode = '42501'; end $$;
revoke all on function app.refuse_change() from public;
create trigger audit_event_append_only before update or delete or truncate on audit_event
  for each statement execute function app.refuse_change();

-- Down Migration
drop table audit_event;
drop function app.refuse_change();
