import type { Page } from 'playwright-core';

/** What is typed: letters where a number, a day or an address belongs and words elsewhere; or more than any field holds. Nothing is chosen. */
export const MANNERS = ['odd', 'long'] as const;
type Manner = (typeof MANNERS)[number];
const TYPED: Record<Manner, { number: string; text: string }> = { odd: { number: 'zz', text: 'Words that stay' }, long: { number: '9'.repeat(30), text: 'w'.repeat(9_000) } };

export interface Refused {
  status: number;
  /** What is wrong with the page that came back. */
  faults: string[];
}

/** For the browser, as text: types of its page are not known here. */
const CONTROLS = "(form) => [...form.elements].filter((one) => one.name && !['hidden', 'submit', 'button', 'fieldset', 'file'].includes(one.type))";
const FORMS = "() => [...document.querySelectorAll('main form')]";

/** The forms of a page in their order, by what they ask and whom: the same form on two pages has the same mark. Empty where nothing can be filled in. */
export function formsOf(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(${FORMS})().map((form) => {
    const names = new Set((${CONTROLS})(form).map(({ name }) => name));
    return names.size === 0 ? '' : form.getAttribute('method').toUpperCase() + ' ' + new URL(form.getAttribute('action') ?? '', location).pathname.replace(/[0-9a-f-]{36}/g, ':id') + ' (' + [...names].join(', ') + ')';
  })`);
}

/** Fills in a form of the page wrongly, sends it, and looks at what comes back. */
export async function sendWrongly(page: Page, index: number, manner: Manner): Promise<Refused> {
  const typed = await page.evaluate<Record<string, string>>(`(({ number, text }) => {
    const typed = {};
    const form = (${FORMS})()[${index}];
    for (const one of (${CONTROLS})(form)) {
      if (one.type === 'radio' || one.type === 'checkbox') one.checked = false;
      else if (one.tagName === 'SELECT') one.selectedIndex = 0;
      else {
        one.value = one.inputMode === 'numeric' || one.type === 'email' ? number : text;
        if (one.type !== 'password') typed[one.name] = one.value;
      }
    }
    form.noValidate = true;
    return typed;
  })(${JSON.stringify(TYPED[manner])})`);
  const [answer] = await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.evaluate(`setTimeout(() => (${FORMS})()[${index}].requestSubmit())`)]);
  const status = answer?.status() ?? 0;
  if (status !== 422) return { status, faults: [] };
  const faults = await page.evaluate<string[]>(`((typed) => {
    const faults = [];
    const summary = document.querySelector('.govuk-error-summary');
    if (!summary) return ['says nowhere what is wrong'];
    if (document.activeElement !== summary) faults.push('does not give the focus to what is wrong, but to ' + document.activeElement.outerHTML.slice(0, 100));
    const links = [...summary.querySelectorAll('a')];
    if (links.length === 0) faults.push('leads to no field: ' + summary.textContent.trim());
    for (const link of links) {
      const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!field) faults.push('leads nowhere by ' + link.hash);
      else if (!field.closest('.govuk-form-group:has(.govuk-error-message)')) faults.push('does not say at ' + link.hash + ' what is wrong');
    }
    const again = (${FORMS})().map((form) => (${CONTROLS})(form)).find((controls) => Object.keys(typed).every((name) => controls.some((one) => one.name === name)));
    if (!again) return [...faults, 'does not show the form again'];
    for (const [name, value] of Object.entries(typed)) {
      const now = again.find((one) => one.name === name).value;
      if (now !== value) faults.push('lost what was typed in ' + name + ': ' + now.slice(0, 40));
    }
    return faults;
  })(${JSON.stringify(typed)})`);
  return { status, faults };
}
