import { parse, serialize, type SerializeOptions } from 'cookie';
import type { Request, Response } from 'express';

/** A cookie's value; undefined when the browser sent none. */
export function cookieOf(request: Request, name: string): string | undefined {
  return parse(request.headers.cookie ?? '')[name];
}

/** The name that a cookie bears: over https with the prefix that binds it to this very host. */
export function boundName(secure: boolean, name: string): string {
  return secure ? `__Host-${name}` : name;
}

/** Sets a cookie that scripts cannot read and other sites do not send along with a change. `seconds` null: until the browser closes. */
export function setCookie(response: Response, name: string, value: string, secure: boolean, seconds: number | null = null): void {
  const options: SerializeOptions = { path: '/', httpOnly: true, sameSite: 'lax', secure, ...(seconds === null ? {} : { maxAge: seconds }) };
  response.append('Set-Cookie', serialize(name, value, options));
}
