import type { Day as DayText } from '../../../platform/days';
import { Day, Many, Text } from '../../../platform/web/fields';

export const TOKEN_SCOPES = ['read', 'write'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

export class MakeToken {
  @Text({ max: 100, description: 'What it is for' }) name!: string;
  @Many(TOKEN_SCOPES, { max: 2 }) scopes!: TokenScope[];
  @Day({ description: 'The first day on which it is refused; within a year' }) expiresOn!: DayText;
}

export interface TokenView {
  id: string;
  name: string;
  scopes: string[];
  place: string | null;
  createdAt: string;
  expiresOn: DayText;
  lastUsedAt: string | null;
  isExpired: boolean;
}
