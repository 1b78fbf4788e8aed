-- Cases: the wall of the service, a coach's caseload, a manager's service.
select app.protect(t::regclass, by => 'participant') from unnest(array['participation', 'enrolment', 'referral', 'step', 'happening', 'enrolment_act']) t;

-- The stage is nobody's to write: neither when an enrolment is made nor afterwards. It follows from a row of `step`, below.
grant select on enrolment, step, referral, participation to jalon_app;
grant insert (id, service_id, participant_id, participation_id, pathway, protocol_version_id, operation_id, track, referred_on, paused_days, created_at, created_by, version) on enrolment to jalon_app;
grant update (participation_id, pause_reason, paused_on, pause_until, paused_days, version) on enrolment to jalon_app;
grant insert on step to jalon_app;
grant select, insert on happening, enrolment_act to jalon_app;
-- By hand, because they are history: written in the name of who writes (the system says on whose behalf), on the day on which it is written, on an enrolment of that
-- person. A move is written by app.move_enrolment, below; the end of a pause by a step, with the step.
create policy enrolment_act_own_word on enrolment_act as restrictive for insert to jalon_app
  with check ((recorded_by = (select app.actor_id()) or (select app.is_system())) and recorded_as = (select app.role()) and kind <> 'moved' and happened_on = (select app.today())
    and (recorded_at at time zone 'UTC')::date between (select app.today()) - 1 and (select app.today()) + 1 -- a day is another one elsewhere
    and exists (select from enrolment e where e.id = enrolment_id and e.participant_id = enrolment_act.participant_id and e.referred_on <= happened_on)
    and (step_id is null or exists (select from step s where s.id = step_id and s.enrolment_id = enrolment_act.enrolment_id)));
create policy happening_own_word on happening as restrictive for insert to jalon_app
  with check ((recorded_by = (select app.actor_id()) or (select app.is_system())) and learned_on = (select app.today())
    and (happened_on >= (select app.today()) - 90 or (select app.in_service_as('manager', 'system')))
    and exists (select from enrolment e where e.id = enrolment_id and e.participant_id = happening.participant_id));
grant insert, update (source, wish, decision_on, entitlement, entitlement_reference, entitlement_from, entitlement_until, answer, answered_on, decline_reason,
  explained_format, waiting_since, review_on, version) on referral to jalon_app;
grant insert, update (entered_on, left_on, version) on participation to jalon_app;

-- A service goes by the protocols that come with the product and by those of its own federation.
create or replace function app.goes_by(service uuid, federation uuid) returns boolean language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return federation is null or exists (select from public.service s where s.id = service and s.federation_id = federation);
end $$;

-- A new enrolment stands on the first stage of its protocol, which is published.
create or replace function app.begin_enrolment() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  select s.key into new.stage from public.protocol_stage s join public.protocol_version v on v.id = s.version_id
    where s.version_id = new.protocol_version_id and s.first and v.state = 'published' and v.pathway = new.pathway and app.goes_by(new.service_id, v.federation_id);
  if new.stage is null then raise exception 'no published protocol' using errcode = '42501'; end if;
  new.stage_since := new.referred_on;
  new.admitted_on := null;
  new.closed_on := null;
  new.close_reason := null;
  return new;
end $$;
drop trigger if exists enrolment_begins on enrolment;
create trigger enrolment_begins before insert on enrolment for each row execute function app.begin_enrolment();

-- The second wall of the engine. It knows of a protocol what `protocol_step` says, trusts nobody who says otherwise, and writes the stage.
create or replace function app.take_step() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  p text[] := app.ctx();
  e public.enrolment;
  rule public.protocol_step;
  target public.protocol_stage;
  last public.step;
  before public.step;
  since date;
  closing text;
  admitted date;
begin
  if p is null then raise exception 'a step without a context' using errcode = '42501'; end if;
  select * into e from public.enrolment where id = new.enrolment_id for update;
  if not found or e.service_id <> new.service_id or e.participant_id <> new.participant_id or e.service_id is distinct from nullif(p[4], '')::uuid
    or (p[2] = 'coach' and not new.participant_id = any (app.caseload()))
  then raise exception 'a step on an enrolment out of reach' using errcode = '42501'; end if;
  if new.taken_by is distinct from nullif(p[1], '')::uuid or new.taken_as <> p[2] then raise exception 'a step in another name' using errcode = '42501'; end if;
  if new.version_id <> e.protocol_version_id then raise exception 'a step of another protocol' using errcode = '42501'; end if;
  if new.from_stage <> e.stage then raise exception 'a step from another stage' using errcode = '42501'; end if;
  if new.seq <> 1 + coalesce((select max(s.seq) from public.step s where s.enrolment_id = e.id), 0) then raise exception 'a step out of order' using errcode = '42501'; end if;
  if new.effective_on > p[5]::date then raise exception 'a step in the future' using errcode = '42501'; end if;

  if new.annuls is not null then
    select * into last from public.step s where s.enrolment_id = e.id and s.annuls is null and not exists (select from public.step a where a.annuls = s.id) order by s.seq desc limit 1;
    if last.id is distinct from new.annuls or new.to_stage <> last.from_stage or coalesce(btrim(new.reason), '') = '' then
      raise exception 'only the last step is annulled, with a reason' using errcode = '42501';
    end if;
    if last.version_id <> e.protocol_version_id then raise exception 'a step of the protocol before the move' using errcode = '42501'; end if;
    if not (p[2] = 'manager' or (p[2] = 'coach' and p[5]::date - (last.taken_at at time zone 'UTC')::date <= 7)) then
      raise exception 'too late for this role to annul' using errcode = '42501';
    end if;
    select * into before from public.step s
      where s.enrolment_id = e.id and s.annuls is null and s.id <> last.id and not exists (select from public.step a where a.annuls = s.id) order by s.seq desc limit 1;
    since := coalesce(before.effective_on, e.referred_on);
    closing := coalesce(before.reason, before.key);
  else
    select * into rule from public.protocol_step r where r.version_id = e.protocol_version_id and r.key = new.key and r.from_stage = e.stage;
    if not found or rule.to_stage <> new.to_stage then raise exception 'the protocol has no such step' using errcode = '42501'; end if;
    if not p[2] = any (rule.taken_by) then raise exception 'not a step of this role' using errcode = '42501'; end if;
    if not rule.requires <@ new.met and not (p[2] = any (rule.deviation_by) and coalesce(btrim(new.deviation_reason), '') <> '') then
      raise exception 'a requirement is not accounted for' using errcode = '42501';
    end if;
    if rule.reasons <> '{}' and not coalesce(new.reason = any (rule.reasons), false) then raise exception 'no reason of the list' using errcode = '42501'; end if;
    if new.effective_on < e.stage_since then raise exception 'a step before the last one' using errcode = '42501'; end if;
    if p[5]::date - new.effective_on > 90 and p[2] not in ('manager', 'system') then raise exception 'too long ago for this role' using errcode = '42501'; end if;
    since := new.effective_on;
    closing := coalesce(new.reason, new.key);
  end if;
  -- A pause ends with the stage it stopped. What pauses took from that stage's time is kept with the step, so that an annulment gives it back.
  new.paused_days := e.paused_days + greatest(0, coalesce(new.effective_on - e.paused_on, 0));
  if e.paused_on is not null then
    insert into public.enrolment_act (id, service_id, participant_id, enrolment_id, kind, happened_on, recorded_at, recorded_by, recorded_as, days)
      values (gen_random_uuid(), e.service_id, e.participant_id, e.id, 'resumed', greatest(new.effective_on, e.paused_on), new.taken_at, new.taken_by, new.taken_as, greatest(0, new.effective_on - e.paused_on));
  end if;

  select * into target from public.protocol_stage s where s.version_id = e.protocol_version_id and s.key = new.to_stage;
  select min(s.effective_on) into admitted from public.step s join public.protocol_stage g on g.version_id = s.version_id and g.key = s.to_stage
    where s.enrolment_id = e.id and g.admits and s.annuls is null and s.id is distinct from new.annuls and not exists (select from public.step a where a.annuls = s.id);
  if new.annuls is null and target.admits then admitted := least(coalesce(admitted, new.effective_on), new.effective_on); end if;
  update public.enrolment set stage = new.to_stage, stage_since = since, admitted_on = admitted,
    paused_days = case when new.annuls is null then 0 else last.paused_days end, paused_on = null, pause_until = null, pause_reason = null,
    closed_on = case when target.ends is not null then since end, close_reason = case when target.ends is not null then closing end, version = version + 1
    where id = e.id;
  return new;
end $$;
drop trigger if exists step_moves_the_enrolment on step;
create trigger step_moves_the_enrolment before insert on step for each row execute function app.take_step();
drop trigger if exists step_append_only on step;
create trigger step_append_only before update or delete or truncate on step for each statement execute function app.refuse_change();

drop trigger if exists enrolment_act_append_only on enrolment_act;
create trigger enrolment_act_append_only before update or delete or truncate on enrolment_act for each statement execute function app.refuse_change();

-- Another version for a running enrolment: a manager's act with its reason, to the version that the programme goes by that day, where the stage exists there too.
create or replace function app.move_enrolment(act uuid, moved uuid, to_version uuid, why text, at timestamptz) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  p text[] := app.ctx();
  e public.enrolment;
  adopted uuid;
begin
  select * into e from public.enrolment where id = moved for update;
  if p is null or p[2] <> 'manager' or not found or e.service_id is distinct from nullif(p[4], '')::uuid then raise exception 'out of reach' using errcode = '42501'; end if;
  select a.version_id into adopted from public.protocol_adoption a join public.operation o on o.programme_id = a.programme_id
    where o.id = e.operation_id and a.pathway = e.pathway and a.adopted_on <= p[5]::date order by a.adopted_on desc, a.id desc limit 1;
  if adopted is distinct from to_version or to_version = e.protocol_version_id then raise exception 'not the version that the programme goes by' using errcode = '42501'; end if;
  if e.closed_on is not null or coalesce(btrim(why), '') = '' then raise exception 'an open enrolment moves, with a reason' using errcode = '42501'; end if;
  if not exists (select from public.protocol_version v join public.protocol_stage s on s.version_id = v.id
    where v.id = to_version and v.state = 'published' and v.pathway = e.pathway and s.key = e.stage and app.goes_by(e.service_id, v.federation_id))
  then raise exception 'the other version has no such stage' using errcode = '42501'; end if;
  insert into public.enrolment_act (id, service_id, participant_id, enrolment_id, kind, happened_on, recorded_at, recorded_by, recorded_as, reason, from_version_id, to_version_id)
    values (act, e.service_id, e.participant_id, e.id, 'moved', p[5]::date, at, nullif(p[1], '')::uuid, p[2], why, e.protocol_version_id, to_version);
  update public.enrolment set protocol_version_id = to_version, version = version + 1 where id = e.id;
end $$;
grant execute on function app.move_enrolment(uuid, uuid, uuid, text, timestamptz) to jalon_app;

-- Protocols are read by everybody who works here. A federation's are written by its editor while they are drafts; those that come with the product, by the system.
select app.protect(t::regclass, by => 'reference') from unnest(array['protocol_version', 'protocol_stage', 'protocol_step', 'protocol_adoption']) t;
create or replace function app.edits_protocols_of(federation uuid) returns boolean language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.ctx();
begin
  return coalesce((p[2] = 'editor' and p[3] = federation::text) or (p[2] = 'system' and p[3] = 'protocols'), false);
end $$;
create or replace function app.edits_protocol(draft uuid) returns boolean language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from public.protocol_version v where v.id = draft and v.state = 'draft' and app.edits_protocols_of(v.federation_id));
end $$;
grant execute on function app.edits_protocols_of(uuid), app.edits_protocol(uuid) to jalon_app;
create policy protocol_version_new on protocol_version for insert to jalon_app with check (state = 'draft' and app.edits_protocols_of(federation_id));
create policy protocol_version_edit on protocol_version for update to jalon_app using (state = 'draft' and app.edits_protocols_of(federation_id)) with check (app.edits_protocols_of(federation_id));
create policy protocol_stage_new on protocol_stage for insert to jalon_app with check (app.edits_protocol(version_id));
create policy protocol_step_new on protocol_step for insert to jalon_app with check (app.edits_protocol(version_id));
create policy protocol_adoption_new on protocol_adoption for insert to jalon_app
  with check ((select app.role()) = 'administrator' or (select app.is_system('protocols')));
grant select, insert on protocol_version, protocol_stage, protocol_step, protocol_adoption to jalon_app;
grant update (document, state, hash, published_by, published_at, version) on protocol_version to jalon_app;
