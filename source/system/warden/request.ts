// What a runner and a warden say to each other, over one connection: the runner's request, to its end, and then a line for
// each piece of news. Not in arguments, which other users can read: the environment of Codex may hold keys.

import type { LeaseDurations } from '../../core/lease/durations.ts';
import {
  field,
  numberField,
  objectField,
  parsedObject,
  textField,
  type JsonObject,
} from '../../core/json/json.ts';

/** The descriptor of the connection in the warden. */
export const connection = 3;

/** By which Codex ends: its task's lease file, and how it is looked at. */
export type LeaseWatch = { path: string } & Pick<LeaseDurations, 'interruptMs' | 'wardenLookMs'>;

export type WardenRequest = {
  program: string;
  arguments: readonly string[];
  directory: string;
  /** Of Codex. The warden itself has none of it. */
  environment: Readonly<Record<string, string | undefined>>;
  uuid: string;
  lease: LeaseWatch;
};

export type WardenNews =
  | { is: 'started' }
  /** `code`: the system's, as `ENOENT`; null if there is no lease. */
  | { is: 'not started'; code: string | null; sentence: string }
  | { is: 'ended'; exitCode: number | null; signal: string | null };

/** Null for what is not whole: the runner died while it wrote. */
export function readRequest(text: string): WardenRequest | null {
  const fields = parsedObject(text);
  const lease = fields && objectField(fields, 'lease');
  if (fields === null || lease === null) return null;
  return { ...(fields as unknown as WardenRequest), lease: lease as unknown as LeaseWatch };
}

/** The news in what a warden has written so far; a line that is not whole is none. */
export function readNews(text: string): WardenNews[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map(parsedObject).flatMap((fields) => (fields && newsIn(fields)) ?? []);
}

function newsIn(fields: JsonObject): WardenNews | null {
  switch (field(fields, 'is')) {
    case 'started':
      return { is: 'started' };
    case 'not started': {
      const sentence = textField(fields, 'sentence') ?? 'it could not be started';
      return { is: 'not started', code: textField(fields, 'code'), sentence };
    }
    case 'ended': {
      const exitCode = numberField(fields, 'exitCode');
      return { is: 'ended', exitCode, signal: textField(fields, 'signal') };
    }
    default:
      return null;
  }
}
