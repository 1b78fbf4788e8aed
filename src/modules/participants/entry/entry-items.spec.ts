import { ENTRY_ITEMS, itemsOf } from './entry-items';

describe('the items asked at entry', () => {
  it('have a name of their own and a closed list without repetition', () => {
    expect(new Set(ENTRY_ITEMS.map((one) => one.key)).size).toBe(ENTRY_ITEMS.length);
    for (const { options } of ENTRY_ITEMS) expect(new Set(options).size).toBe(options.length);
  });
  it('never offer a refusal in the list: it is an answer of every item', () => {
    expect(ENTRY_ITEMS.filter((one) => one.options.includes('refused'))).toEqual([]);
  });
  it('are found by group or by name', () => {
    expect(itemsOf('disability').length).toBeGreaterThan(1);
    expect(itemsOf('education-level')).toHaveLength(1);
    expect(itemsOf('shoe-size')).toHaveLength(0);
  });
});
