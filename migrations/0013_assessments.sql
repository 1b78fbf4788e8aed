-- Up Migration
-- The vocational profile, section by section: what work the person wants stands in their own words.
create table profile_section (
  id uuid primary key, service_id uuid not null references service, participant_id uuid not null,
  section text not null check (section in ('work-wanted', 'interests', 'abilities', 'experience', 'training', 'conditions', 'supports', 'family', 'barriers', 'tasks-to-avoid')),
  words text not null check (length(words) between 1 and 4000), own_words boolean not null, written_on date not null,
  -- Since when something stands there, and since when in the person's own words: a step that rested on it still does when it is written anew.
  since_on date not null, own_since_on date, check (since_on <= written_on), check (own_since_on between since_on and written_on), check (own_words = (own_since_on is not null)),
  recorded_at timestamptz not null, recorded_by uuid references app_user, version int not null default 1,
  unique (participant_id, section), foreign key (service_id, participant_id) references participant (service_id, id)
);
create index on profile_section (service_id, participant_id);
create index on profile_section (recorded_by);

-- Down Migration
drop table profile_section;
