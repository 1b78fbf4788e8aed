/** Age in completed years on the entry date, in the bands of the sector; `p` is participant in the query. */
export const AGE_BANDS = ['under-25', '25-49', '50-plus', 'unknown'] as const;
export const AGE_BAND = (on: string): string => `case when p.born_on is null or ${on} is null then 'unknown' when extract(year from age(${on}, p.born_on)) < 25 then 'under-25'
  when extract(year from age(${on}, p.born_on)) < 50 then '25-49' else '50-plus' end`;
/** The main family of disability as the person, or the recognition, says; several without a main one are told apart. `f` is functional_profile in the query. */
export const FAMILY = `case when coalesce(f.families_refused, false) then 'refused' when f.main_family is not null then f.main_family when cardinality(f.families) = 1 then f.families[1]
  when cardinality(f.families) > 1 then 'several' else 'unknown' end`;
