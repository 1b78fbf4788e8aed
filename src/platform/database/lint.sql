-- Lint of the catalogue: what a wall must not have. Every line returned is a fault. $1: the run-time roles, by name.
-- There is no R5 (FORCE ROW LEVEL SECURITY): with it the owner's own functions would see nothing.
with rt as (select oid, rolname, rolsuper, rolbypassrls from pg_roles where rolname = any($1::text[]))
select 'R1 runtime role is superuser/bypassrls' as lint, rolname::text as obj from rt where rolsuper or rolbypassrls
union all select 'R2 runtime role owns a relation', c.oid::regclass::text from pg_class c join rt on c.relowner=rt.oid
union all select 'R3 runtime role is member of the owner/other role', m.roleid::regrole::text from pg_auth_members m join rt on m.member=rt.oid
union all select 'R4 table readable by runtime role without RLS', c.oid::regclass::text from pg_class c join pg_namespace n on n.oid=c.relnamespace cross join rt
  where c.relkind in ('r','p') and n.nspname not in ('pg_catalog','information_schema') and has_table_privilege(rt.oid,c.oid,'select,insert,update,delete') and not c.relrowsecurity
union all select 'R6 RLS enabled, no policy (dead table)', c.oid::regclass::text from pg_class c where c.relrowsecurity and not exists(select 1 from pg_policy p where p.polrelid=c.oid)
union all select 'R7 view without security_invoker', c.oid::regclass::text from pg_class c join pg_namespace n on n.oid=c.relnamespace cross join rt where c.relkind='v' and n.nspname not in ('pg_catalog','information_schema') and has_table_privilege(rt.oid,c.oid,'select') and not coalesce(c.reloptions::text ~* 'security_invoker=(true|on|1)', false)
union all select 'R8 materialized view readable by runtime role', c.oid::regclass::text from pg_class c cross join rt where c.relkind='m' and has_table_privilege(rt.oid,c.oid,'select')
union all select 'R9 SECURITY DEFINER without pinned search_path', p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid=p.pronamespace where p.prosecdef and n.nspname not in ('pg_catalog','information_schema') and not coalesce(array_to_string(p.proconfig,',') ~ 'search_path=', false)
union all select 'R10 policy literally true', polname||' on '||polrelid::regclass from pg_policy where pg_get_expr(polqual,polrelid)='true' or pg_get_expr(polwithcheck,polrelid)='true'
union all select 'R11 policy opens when context is NULL', polname||' on '||polrelid::regclass from pg_policy where pg_get_expr(polqual,polrelid) ~* 'is null\)? or|or \(?\(?[^)]*is null'
union all select 'R13 UPDATE policy without WITH CHECK', polname||' on '||polrelid::regclass from pg_policy where polcmd in ('w','*') and polwithcheck is null
union all select 'R14 TRUNCATE/REFERENCES/TRIGGER granted to runtime role', c.oid::regclass::text from pg_class c join pg_namespace n on n.oid=c.relnamespace cross join rt where c.relkind in ('r','p') and n.nspname not in ('pg_catalog','information_schema') and has_table_privilege(rt.oid,c.oid,'truncate,references,trigger')
union all select 'R15 PUBLIC can execute a SECURITY DEFINER function', p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid=p.pronamespace where p.prosecdef and n.nspname not in ('pg_catalog','information_schema') and (p.proacl is null or p.proacl::text ~ '(\{|,)=X')
union all select 'R16 FK column without index (slow + lock-prone)', c.conrelid::regclass||'.'||a.attname from pg_constraint c join pg_attribute a on a.attrelid=c.conrelid and a.attnum=c.conkey[1] where c.contype='f' and not exists(select 1 from pg_index i where i.indrelid=c.conrelid and i.indkey[0]=c.conkey[1])
union all select 'R17 schema CREATE granted to runtime role or PUBLIC', n.nspname from pg_namespace n cross join rt where n.nspname !~ '^pg_' and n.nspname<>'information_schema' and has_schema_privilege(rt.oid,n.oid,'create')
union all select 'R18 rows of people hang together without naming the person', c.conrelid::regclass||'.'||c.conname from pg_constraint c where c.contype='f'
  and exists(select 1 from pg_attribute a where a.attrelid=c.conrelid and a.attname='participant_id' and not a.attisdropped) and exists(select 1 from pg_attribute a where a.attrelid=c.confrelid and a.attname='participant_id' and not a.attisdropped)
  and not exists(select 1 from unnest(c.conkey) k join pg_attribute a on a.attrelid=c.conrelid and a.attnum=k where a.attname='participant_id')
order by 1,2;
