import { isId } from '../../platform/id';
import { eventId, firstId } from './event-id';

describe('the id of an event', () => {
  const noon = new Date('2026-03-02T12:00:00.000Z');

  it('orders as time does, within a millisecond as well', () => {
    const ids = [...Array.from({ length: 5000 }, () => eventId(noon)), eventId(new Date(noon.getTime() + 1))];
    expect(ids.every(isId)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  it('begins no earlier than its instant', () => {
    expect(eventId(noon) >= firstId(noon)).toBe(true);
    expect(eventId(new Date(noon.getTime() - 1)) < firstId(noon)).toBe(true);
  });
});
