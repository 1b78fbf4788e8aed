import { Email, Secret, Text } from '../../../platform/web/fields';
import { PASSWORD } from '../limits';

export class SignIn {
  @Email() email!: string;
  @Secret({ max: PASSWORD.longest }) password!: string;
  @Text({ max: 1000, optional: true, description: 'Where to go then, on this site' }) to?: string;
  @Text({ max: 100_000, optional: true, description: 'A form that was sent when the session had ended, sealed' }) kept?: string;
}

export class ChangePassword {
  @Secret({ max: PASSWORD.longest }) currentPassword!: string;
  @Secret({ max: PASSWORD.longest }) newPassword!: string;
}

export class SetPassword {
  @Secret({ max: PASSWORD.longest }) newPassword!: string;
}
