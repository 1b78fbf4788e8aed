-- What a plan is about never changes its person. An agreement is superseded and validated, never rewritten.
select app.protect(t::regclass, by => 'participant') from unnest(array['plan', 'plan_agreement', 'plan_goal', 'plan_action', 'natural_support']) t;
grant select, insert on plan, plan_agreement, plan_goal, plan_action, natural_support to jalon_app;
grant update (review_on, closed_on, note, version) on plan to jalon_app;
grant update (validated_on, validated_by, validated_as, superseded_on, version) on plan_agreement to jalon_app;
grant update (words, own_words, dropped_on, reached_on, version) on plan_goal to jalon_app;
grant update (what, who, due_on, done_on, dropped_on, version) on plan_action to jalon_app;
grant update (name, relation, for_what, from_on, ended_on, version) on natural_support to jalon_app;
