import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const IV = 12;
const TAG = 16;

/** Closes text for a way through the browser, and what is kept that a copy of the database must not tell: nobody reads it there, and nobody makes or changes one. */
export class Seal {
  private readonly key: Buffer;

  /** @param purpose what is sealed for one is nothing to another */
  constructor(bytes: Buffer, purpose: string) {
    this.key = Buffer.from(hkdfSync('sha256', bytes, '', purpose, 32));
  }

  /** @param reader for whom alone it opens again */
  close(text: string, reader = ''): string {
    return this.closeBytes(Buffer.from(text, 'utf8'), reader).toString('base64url');
  }

  /** Null for what is not ours, or not for this reader. */
  open(closed: string, reader = ''): string | null {
    return this.openBytes(Buffer.from(closed, 'base64url'), reader)?.toString('utf8') ?? null;
  }

  closeBytes(content: Buffer, reader = ''): Buffer {
    const iv = randomBytes(IV);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(reader));
    const sealed = [cipher.update(content), cipher.final()];
    return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]);
  }

  openBytes(closed: Buffer, reader = ''): Buffer | null {
    if (closed.length <= IV + TAG) return null;
    try {
      const cipher = createDecipheriv('aes-256-gcm', this.key, closed.subarray(0, IV)).setAAD(Buffer.from(reader)).setAuthTag(closed.subarray(IV, IV + TAG));
      return Buffer.concat([cipher.update(closed.subarray(IV + TAG)), cipher.final()]);
    } catch {
      return null;
    }
  }
}
