/* Progressive only: everything works without it, and nothing is kept in the browser. */
(() => {
  'use strict';

  const typing = (target) => target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;

  // Whoever is chosen already is not asked for again: then how it was comes first.
  const intoContact = () => {
    const form = document.getElementById('contact');
    const who = form && form.querySelector('select');
    const field = who && (who.value ? form.querySelector('[name="kind"]:checked') : who);
    if (!field) return false;
    form.scrollIntoView({ block: 'nearest' });
    field.focus();
    return true;
  };

  const toContact = () => {
    if (intoContact()) return true;
    const link = document.querySelector('[data-contact]');
    if (!link) return false;
    location.assign(link.href);
    return true;
  };

  const toSearch = () => {
    const field = document.querySelector('[role="search"] [type="search"]');
    if (!field) return false;
    field.focus();
    return true;
  };

  // n: note a contact. /: search. Only when nobody is writing, and never with a key of the system.
  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented || typing(event.target)) return;
    const done = event.key === 'n' || event.key === 'N' ? toContact() : event.key === '/' ? toSearch() : false;
    if (done) event.preventDefault();
  });

  // Who was led to the form begins in it: after the browser has gone to its place, which takes the focus away.
  for (const led of ['load', 'hashchange']) window.addEventListener(led, () => { if (location.hash === '#contact') setTimeout(intoContact); });

  // A second click sends nothing: the first is on its way. Coming back to the page gives the buttons back.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post') return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    for (const button of form.querySelectorAll('[type="submit"]')) button.setAttribute('aria-disabled', 'true');
  });
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll('[aria-disabled]')) button.removeAttribute('aria-disabled');
    }
  });

  for (const button of document.querySelectorAll('[data-show]')) {
    const field = document.getElementById(button.getAttribute('aria-controls'));
    const word = button.querySelector('[data-word]');
    const words = [word.textContent, button.dataset.hide];
    button.hidden = false;
    button.addEventListener('click', () => {
      const shown = field.type === 'password';
      field.type = shown ? 'text' : 'password';
      word.textContent = words[shown ? 1 : 0];
      button.setAttribute('aria-pressed', String(shown));
    });
    // A password never leaves as text that the browser would offer again.
    if (field.form) field.form.addEventListener('submit', () => { field.type = 'password'; });
  }

  // All rows of this page at once, or none: pressed while all are ticked.
  for (const button of document.querySelectorAll('[data-tick-all]')) {
    const boxes = [...button.form.querySelectorAll('input[type="checkbox"]')].filter((box) => box.name === button.dataset.tickAll);
    const state = () => button.setAttribute('aria-pressed', String(boxes.every((box) => box.checked)));
    button.hidden = false;
    button.addEventListener('click', () => {
      const tick = button.getAttribute('aria-pressed') !== 'true';
      for (const box of boxes) box.checked = tick;
      state();
    });
    button.form.addEventListener('change', state);
    state();
  }

  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }

  const summary = document.querySelector('[data-errors]');
  if (summary) {
    summary.focus();
    summary.addEventListener('click', (event) => {
      const link = event.target.closest('a[href^="#"]');
      const field = link && document.getElementById(link.getAttribute('href').slice(1));
      if (!field) return;
      event.preventDefault();
      const group = field.closest('.govuk-form-group--error');
      (group || field).scrollIntoView({ block: 'start' });
      field.focus({ preventScroll: true });
    });
  }
})();
