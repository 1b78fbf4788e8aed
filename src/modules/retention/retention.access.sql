select app.protect('milestone', by => 'participant');
select app.protect('milestone_answer', by => 'participant');
select app.protect('milestone_attempt', by => 'participant');
grant select, insert, update (anchor, anchored_on, due_on, cancelled_at, cancelled_reason, version) on milestone to jalon_app;
-- What was said, and that somebody was tried: added to, never rewritten.
grant select, insert on milestone_answer, milestone_attempt to jalon_app;
