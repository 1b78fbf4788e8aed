-- A paper and its bytes follow the person whom they are about. Neither is changed or deleted: what is taken away keeps its line, and why.
select app.protect(t::regclass, by => 'participant') from unnest(array['document', 'document_content']) t;
grant select, insert on document, document_content to jalon_app;
grant update (removed_at, removed_by, removed_reason, version) on document to jalon_app;
create or replace trigger document_stays before update on document for each row execute function app.stays('removed_at', 'removed_by', 'removed_reason');
