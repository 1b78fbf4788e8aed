select app.protect('placement', by => 'participant');
select app.protect('placement_change', by => 'participant');
select app.protect('placement_evidence', by => 'participant');
-- Whose it is and at which employer never changes; what was done with it and what shows it is added to, never rewritten; a wrong paper shows nothing any more.
grant select, insert on placement, placement_change, placement_evidence to jalon_app;
grant update (enrolment_id, site_id, title, occupation_code, planned_start_on, contract_on, first_day_on, never_started_on, setting, reserved, contract, planned_end_on, trial_end_on, weekly_minutes, wage, wage_period, currency,
  subsidised, tutor, found_by, last_day_on, end_precision, end_after_on, end_learnt_on, end_by, end_reason, contact_due_on, annulled_at, annulled_reason, version) on placement to jalon_app;
grant update (withdrawn_at) on placement_evidence to jalon_app;
