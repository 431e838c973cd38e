// What a task is, as the hub's machines have to know it to work on it: given with the task, and never changed.

import { isMachineName } from './hub-names.ts';
import { field, listField, parsedObject, textField, type JsonObject } from '../json/json.ts';

export type TaskOffer = {
  description: string;
  /** The address of the git remote, as its user gave it. */
  remote: string;
  /** The commit at which the work begins. */
  base: string;
  /** The project's directory in the repository, with slashes; empty for its root. */
  directory: string;
  /** Null: as the machine's own configuration says. */
  model: string | null;
  review: boolean | null;
  checks: readonly string[] | null;
  /** The only machine that works on it; null for any. */
  pinned: string | null;
};

/** Each look at the hub's tasks brings all of it. */
const maxDescription = 64 * 1024;

/** Why no machine could work on it, a sentence; null if they can. What readers refuse must be refused before it is given. */
export function whyNotOffered(offer: TaskOffer): string | null {
  const { length } = offer.description;
  if (length > maxDescription) {
    return `The description has ${length} characters, and a hub takes at most ${maxDescription}: put the rest in a file of the project, and name it`;
  }
  return readTaskOffer(parsedObject(JSON.stringify(offer))) === null
    ? 'The machines of the hub could not read this task: start it without --hub'
    : null;
}

/** Null if it cannot be read. It is foreign text: a path or an address in it is looked at before it is used. */
export function readTaskOffer(fields: JsonObject | null): TaskOffer | null {
  if (fields === null) return null;
  const description = textField(fields, 'description');
  const remote = textField(fields, 'remote');
  const base = textField(fields, 'base');
  const directory = textField(fields, 'directory');
  if (description === null || description.length > maxDescription) return null;
  if (remote === null || !isRemoteAddress(remote)) return null;
  if (base === null || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(base)) return null;
  if (directory === null || !isInsideRoot(directory)) return null;
  const review = field(fields, 'review');
  const pinned = field(fields, 'pinned') ?? null;
  // Whoever cannot read it must not take it for one of any machine's.
  if (pinned !== null && (typeof pinned !== 'string' || !isMachineName(pinned))) return null;
  return {
    ...{ description, remote, base, directory },
    model: textField(fields, 'model'),
    review: typeof review === 'boolean' ? review : null,
    checks: Array.isArray(field(fields, 'checks')) ? textsIn(fields, 'checks') : null,
    pinned,
  };
}

/** Whether this machine may ever work on it. */
export function isFor(machine: string, { pinned }: TaskOffer): boolean {
  return pinned === null || pinned === machine;
}

/** Of the kinds that git reaches without running a program that the address names: `ext::…` is none of them. */
export function isRemoteAddress(text: string): boolean {
  return (
    /^(?:https?|ssh|git|file):\/\/[^\s-][^\s]*$/.test(text) ||
    /^(?:[A-Za-z0-9_.-]+@)?[A-Za-z0-9][A-Za-z0-9_.-]*:(?!:|\/\/)[^\s-][^\s]*$/.test(text) ||
    /^\/[^\s]+$/.test(text)
  );
}

function isInsideRoot(directory: string): boolean {
  if (directory === '') return true;
  return directory.split('/').every((step) => step !== '' && step !== '.' && step !== '..');
}

function textsIn(fields: JsonObject, name: string): string[] {
  return listField(fields, name).filter((one) => typeof one === 'string');
}
