-- Reasons to act: as visible as the person they are about. What is written about whom never moves; the rest follows the facts.
select app.protect('agenda_entry', by => 'participant');
grant select, insert,
  update (enrolment_id, kind, nature, wanted_from_on, wanted_due_on, from_on, due_on, postponed_reason, for_whom, user_id, subject_kind, subject_id, params, by_hand, done_on, done_by, outcome, withdrawn_with, version)
  on agenda_entry to jalon_app;
-- What was done by hand is added to, never rewritten.
select app.protect('agenda_act', by => 'participant');
grant select, insert on agenda_act to jalon_app;
-- By hand, because it is somebody's word: in their own name, on the day that they say it, about an entry that they see.
create policy agenda_act_own_word on agenda_act as restrictive for insert to jalon_app
  with check ((acted_by = (select app.actor_id()) or (select app.is_system())) and acted_on = (select app.today())
    and (acted_at at time zone 'UTC')::date between (select app.today()) - 1 and (select app.today()) + 1 -- a day is another one elsewhere
    and exists (select from agenda_entry e where e.id = entry_id and e.participant_id = agenda_act.participant_id));
