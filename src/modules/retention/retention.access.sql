select app.protect('milestone', by => 'participant');
select app.protect('milestone_answer', by => 'participant');
select app.protect('milestone_attempt', by => 'participant');
grant select, insert on milestone, milestone_answer, milestone_attempt to jalon_app;
