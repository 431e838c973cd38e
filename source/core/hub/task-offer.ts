// What a task is, as the hub's machines have to know it to work on it: given with the task, and only its pin is ever changed.

import { isHubId } from './hub-id.ts';
import { isMachineName } from './hub-names.ts';
import { field, listField, parsedObject, textField, type JsonObject } from '../json/json.ts';

type Asked = {
  description: string;
  /** Null: as the machine's own configuration says. */
  model: string | null;
  review: boolean | null;
  checks: readonly string[] | null;
};

/** Worked on in a clone, which any machine can make. */
export type SharedOffer = Asked & {
  /** The address of the git remote, as its user gave it. */
  remote: string;
  /** The commit at which the work begins. */
  base: string;
  /** The project's directory in the repository, with slashes; empty for its root. */
  directory: string;
  /** The only machine that works on it; null for any. */
  pinned: string | null;
  /** It was pinned after it was given, so that a hub which comes back older may not know it. */
  pinnedLater?: true;
};

/**
 * Worked on in the project itself, whose path is in the task's key: it has no git remote that others could clone. A machine
 * does so only for what it has in a record of its own, see given-in-place.ts. A program that does not know the kind reads no
 * offer, and works on it nowhere.
 */
export type OfferInPlace = Asked & {
  remote: null;
  /** Names this one: no other machine can have given it. */
  id: string;
  pinned: string;
};

export type TaskOffer = SharedOffer | OfferInPlace;

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
  if (description === null || description.length > maxDescription) return null;
  const review = field(fields, 'review');
  const pinned = field(fields, 'pinned') ?? null;
  // Whoever cannot read it must not take it for one of any machine's.
  if (pinned !== null && (typeof pinned !== 'string' || !isMachineName(pinned))) return null;
  const asked = {
    description,
    model: textField(fields, 'model'),
    review: typeof review === 'boolean' ? review : null,
    checks: Array.isArray(field(fields, 'checks')) ? textsIn(fields, 'checks') : null,
  };
  return field(fields, 'remote') === null
    ? inPlace(fields, { ...asked, pinned })
    : shared(fields, { ...asked, pinned });
}

type Read = Asked & { pinned: string | null };

function shared(fields: JsonObject, read: Read): SharedOffer | null {
  const remote = textField(fields, 'remote');
  const base = textField(fields, 'base');
  const directory = textField(fields, 'directory');
  if (remote === null || !isRemoteAddress(remote)) return null;
  if (base === null || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(base)) return null;
  if (directory === null || !isInsideRoot(directory)) return null;
  const isLater = read.pinned !== null && field(fields, 'pinnedLater') === true;
  return { ...read, remote, base, directory, ...(isLater ? { pinnedLater: true } : {}) };
}

function inPlace(fields: JsonObject, { pinned, ...asked }: Read): OfferInPlace | null {
  const id = textField(fields, 'id');
  return pinned === null || !isHubId(id) ? null : { ...asked, remote: null, id, pinned };
}

/** Whether this machine may ever work on it. */
export function isFor(machine: string, { pinned }: TaskOffer): boolean {
  return pinned === null || pinned === machine;
}

/**
 * Whether this machine, once it has the task, holds it without end, also while the hub is away. Only where the hub never had the
 * task without the pin: any state of it that comes back keeps the others away.
 */
export function holdsForGood(machine: string, offer: TaskOffer | null): boolean {
  if (offer?.pinned !== machine) return false;
  return offer.remote === null || offer.pinnedLater !== true;
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
