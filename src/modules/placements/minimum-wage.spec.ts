import { minimumWageOn } from './minimum-wage';

it.each<[string, string, number | null]>([
  ['FR', '2024-10-31', 1_165], ['FR', '2024-11-01', 1_188], ['FR', '2026-05-01', 1_202], ['FR', '2023-12-31', null], ['PE', '2024-12-31', 102_500], ['PE', '2025-01-01', 113_000], ['ML', '2020-01-01', 40_000], ['SN', '2026-01-01', null],
])('the least that a job pays in %s on %s is %p', (country, day, amount) => expect(minimumWageOn(country, day)?.amount ?? null).toBe(amount));
