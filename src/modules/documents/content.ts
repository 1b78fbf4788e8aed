import { fileTypeFromBuffer } from 'file-type/core';
import { unprocessable, wrongField, type Problem } from '../../platform/problem';

/** What a document may be, with the endings that a name may then have. Nothing here runs when it is opened. */
const ENDINGS = {
  'application/pdf': ['pdf'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
} as const;
export type MediaType = keyof typeof ENDINGS;
const MACROS: Partial<Record<MediaType, readonly string[]>> = { 'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['vbaProject.bin', 'vbaData.xml'], 'application/vnd.oasis.opendocument.text': ['Basic/script-lc.xml', 'Scripts/'] };

/** What a browser offers to choose from. */
export const ACCEPTED = Object.values(ENDINGS).flat().map((ending) => `.${ending}`).join(',');

/**
 * What a file is, by its content: neither its name nor what its sender calls it is believed.
 * @param field of the command that it came with
 * @throws Problem 422: a kind that is not kept, or a name that says something else
 */
export async function mediaTypeOf(content: Buffer, name: string, field: string): Promise<MediaType> {
  const found = await fileTypeFromBuffer(content).catch(() => undefined);
  const type = found?.mime;
  if (!isKept(type) || hasMacros(content, type)) throw wrongField(field, 'document-type-refused');
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  if (ending !== undefined && !(ENDINGS[type] as readonly string[]).includes(ending)) throw wrongField(field, 'document-not-what-it-says', { ending, is: ENDINGS[type][0] });
  return type;
}

/** Names of entries stand in a ZIP as they are: a text that brings a program along is no paper, whatever it calls itself. */
function hasMacros(content: Buffer, type: MediaType): boolean {
  return MACROS[type]?.some((name) => content.includes(name)) ?? false;
}

function isKept(type: string | undefined): type is MediaType {
  return type !== undefined && Object.hasOwn(ENDINGS, type);
}

/** 422: nothing can be done with a file that was not sent. */
export function fileMissing(field: string): Problem {
  return wrongField(field, 'file-missing');
}

/** 422: it was taken away, with a reason. */
export function documentRemoved(): Problem {
  return unprocessable('document-removed');
}
