-- Applications are kept up to date by who accompanies the person. What was advised, and what the person agreed to, is history: added to, never rewritten.
select app.protect('application', by => 'participant');
select app.protect('benefits_advice', by => 'participant');
select app.protect('agreed_step', by => 'participant');
grant select, insert on application, benefits_advice, agreed_step to jalon_app;
grant update (employer_id, employer_name, title, found_by, state, state_on, applied_on, interview_on, note, version) on application to jalon_app;
