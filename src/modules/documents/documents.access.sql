select app.protect('document', by => 'participant');
select app.protect('document_content', by => 'participant');
grant select, insert on document, document_content to jalon_app;
