select app.protect('plan', by => 'participant');
select app.protect('plan_goal', by => 'participant');
select app.protect('plan_action', by => 'participant');
select app.protect('natural_support', by => 'participant');
grant select, insert on plan, plan_goal, plan_action, natural_support to jalon_app;
