import type { Day } from '../../platform/days';
import type { WagePeriod } from './placement.lists';

/** The least that law lets an ordinary full-time job pay, before deductions, in minor units: shown beside the wage, never compared by the machine, since hours and branches differ. */
export interface MinimumWage {
  amount: number;
  currency: string;
  period: WagePeriod;
  fromOn: Day;
}
interface Known extends MinimumWage {
  country: string;
  source: string;
}

/** Latest first for each country. */
const MINIMUM_WAGES: readonly Known[] = [
  { country: 'FR', fromOn: '2026-01-01', amount: 1_202, currency: 'EUR', period: 'hour', source: 'SMIC, décret de décembre 2025 (to be verified)' },
  { country: 'FR', fromOn: '2024-11-01', amount: 1_188, currency: 'EUR', period: 'hour', source: 'SMIC, décret 2024-951' },
  { country: 'FR', fromOn: '2024-01-01', amount: 1_165, currency: 'EUR', period: 'hour', source: 'SMIC, décret 2023-1216' },
  { country: 'PE', fromOn: '2025-01-01', amount: 113_000, currency: 'PEN', period: 'month', source: 'RMV, DS 006-2024-TR' },
  { country: 'PE', fromOn: '2022-05-01', amount: 102_500, currency: 'PEN', period: 'month', source: 'RMV, DS 003-2022-TR' },
  { country: 'ML', fromOn: '2016-01-01', amount: 40_000, currency: 'XOF', period: 'month', source: 'SMIG (to be verified)' },
];

/** Null where the country or the day is not known here: nothing is better than a wrong amount. */
export function minimumWageOn(country: string, day: Day): MinimumWage | null {
  const found = MINIMUM_WAGES.find((one) => one.country === country && one.fromOn <= day);
  return found ? { amount: found.amount, currency: found.currency, period: found.period, fromOn: found.fromOn } : null;
}
