// A task that this machine gave to a hub to be worked on in the project itself, as it keeps that for itself. Any machine of a
// hub can write any task there: a machine works in a directory of its own only if it has this record.
//
//   {"version":1,"directory":{…},"key":"task.laptop./home/ann/shop.docs","offer":{…}}

import { numberField, objectField, textField, type JsonObject } from '../json/json.ts';
import { readDirectoryIdentity } from '../run/record-reader.ts';
import { isSameDirectory, type DirectoryIdentity } from '../run/record.ts';
import { readTaskOffer, type OfferInPlace, type TaskOffer } from './task-offer.ts';

export type GivenInPlace = {
  /** The task's, at the hub. */
  key: string;
  offer: OfferInPlace;
};

/** `directory`: of the task. */
export function givenJson(given: GivenInPlace, directory: DirectoryIdentity): JsonObject {
  return { version: 1, directory, ...given };
}

export function readGivenInPlace(json: JsonObject | null): GivenInPlace | null {
  if (json === null || numberField(json, 'version') !== 1) return null;
  const key = textField(json, 'key');
  const offer = readTaskOffer(objectField(json, 'offer'));
  return key === null || offer === null || offer.remote !== null ? null : { key, offer };
}

/** Whether it was given in this directory: another one of its name is another task. */
export function isGivenIn(json: JsonObject | null, directory: DirectoryIdentity | null): boolean {
  if (json === null || directory === null) return false;
  return isSameDirectory(readDirectoryIdentity(objectField(json, 'directory') ?? {}), directory);
}

/** Whether the hub's record is of what was given, all of it: its checks are commands. */
export function isAsGiven(given: GivenInPlace, { key, offer }: { key: string; offer: TaskOffer }) {
  return given.key === key && wordsOf(given.offer) === wordsOf(offer);
}

/** In one order, whoever wrote it. */
function wordsOf(offer: TaskOffer): string {
  const { description, model, review, checks, remote, pinned } = offer;
  const id = offer.remote === null ? offer.id : null;
  return JSON.stringify([description, model, review, checks, remote, pinned, id]);
}

/** Why only a worker starts a task: it was given from its project, or it is in a worker's clone. */
export type OfHub = 'given' | 'cloned';

/** Why it is not started without the hub, which would not hear of it. */
export function startedOverHubSentence(name: string, ofHub: OfHub): string {
  const why =
    ofHub === 'given'
      ? `${name} was given to a hub`
      : 'This directory is the clone of a worker, and only its hub starts tasks here';
  return `${why}: autonomous-tui --hub FILE --task-name ${name} --continue`;
}
