import type { Page } from 'playwright-core';

/** Somebody who has no mouse: every place is reached by Tab, and must be seen to have the focus. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Goes on with Tab to the first thing that matches, from where the focus is. */
  async reach(selector: string, words?: string): Promise<void> {
    for (let presses = 0; presses < 200; presses += 1) {
      await this.page.keyboard.press('Tab');
      const there = await this.page.evaluate(([wanted, text]) => {
        const { document, getComputedStyle } = globalThis as unknown as { document: { activeElement: Focused | null }; getComputedStyle: (one: Focused) => Record<string, string> };
        interface Focused { matches(selector: string): boolean; textContent: string | null }
        const now = document.activeElement;
        if (!now?.matches(wanted) || (text && !now.textContent?.includes(text))) return null;
        const { outlineStyle, boxShadow } = getComputedStyle(now);
        return { visible: outlineStyle !== 'none' || boxShadow !== 'none' };
      }, [selector, words] as const);
      if (there?.visible) return;
      if (there && !/radio|checkbox/.test(selector) && !(await this.markedElsewhere())) throw new Error(`${selector} has the focus and does not show it`);
      if (there) return;
    }
    throw new Error(`the keyboard does not reach ${selector} ${words ?? ''} on ${this.page.url()}`);
  }

  /** Follows a link or presses a button by its words. */
  async act(words: string): Promise<void> {
    await this.reach('a, button, summary', words);
    await this.enter();
  }

  /** Sends what has the focus, and waits for the page that follows. */
  async enter(key = 'Enter'): Promise<void> {
    await Promise.all([this.page.waitForEvent('load'), this.page.keyboard.press(key)]);
  }

  async type(name: string, text: string): Promise<void> {
    await this.reach(`[name="${name}"]`);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(text);
  }

  /** Picks one of a group of radio buttons or of a list, by arrows. */
  async choose(name: string, value: string): Promise<void> {
    await this.reach(`[name="${name}"]`);
    const now = (): Promise<string> => this.page.evaluate('document.activeElement.value');
    const isList = await this.page.evaluate<boolean>("document.activeElement.tagName === 'SELECT'");
    if (!isList && (await now()) === value) await this.page.keyboard.press('Space');
    if (isList && (await now()) !== value) await this.page.keyboard.press('Home');
    for (let presses = 0; presses < 40 && (await now()) !== value; presses += 1) await this.page.keyboard.press('ArrowDown');
    if ((await now()) !== value) throw new Error(`${name} has no ${value}`);
  }

  /** A radio button or a box is drawn by its label: the mark stands beside it. */
  private markedElsewhere(): Promise<boolean> {
    return this.page.evaluate("['radio', 'checkbox'].includes(document.activeElement.type)");
  }
}
