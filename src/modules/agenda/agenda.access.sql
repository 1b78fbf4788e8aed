-- Reasons to act follow the person: a coach's caseload, a manager's service.
select app.protect('agenda_entry', by => 'participant');
grant select, insert, update (from_on, due_on, kind, for_whom, user_id, enrolment_id, subject_kind, subject_id, params, done_on, done_by, outcome, version) on agenda_entry to jalon_app;
