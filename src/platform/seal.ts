import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const IV = 12;
const TAG = 16;

/** Closes text for a way through the browser: nobody reads it there, and nobody makes or changes one. */
export class Seal {
  private readonly key: Buffer;

  /** @param purpose what is sealed for one is nothing to another */
  constructor(bytes: Buffer, purpose: string) {
    this.key = Buffer.from(hkdfSync('sha256', bytes, '', purpose, 32));
  }

  /** @param reader for whom alone it opens again */
  close(text: string, reader = ''): string {
    const iv = randomBytes(IV);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(reader));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** Null for what is not ours, or not for this reader. */
  open(closed: string, reader = ''): string | null {
    const bytes = Buffer.from(closed, 'base64url');
    if (bytes.length <= IV + TAG) return null;
    try {
      const cipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, IV)).setAAD(Buffer.from(reader)).setAuthTag(bytes.subarray(IV, IV + TAG));
      return Buffer.concat([cipher.update(bytes.subarray(IV + TAG)), cipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  }
}
