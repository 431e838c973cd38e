// A piece of what the user tells a task of a hub. Whoever says it writes it; from then on the task's owner says where it is.
// Other machines write it, so it is foreign text: read field by field, and what cannot be read is left alone.
//
//   {"version":1,"id":"01764400000000-0a1b2c3d","at":…,"text":"…","when":"next","place":"waiting","machine":"machine-b",
//    "told":{"session":5,"at":…,"in":"2f0c…"}}

import {
  aboutIn,
  cleaned,
  isPieceId,
  longestGuidance,
  type GuidancePiece,
} from '../../guidance/guidance.ts';
import { countField, numberField, objectField, parsedObject, textField } from '../../json/json.ts';
import { isMachineName } from '../hub-names.ts';
import { hubRecordVersion } from '../task-record.ts';

export type HubPiecePlace =
  | { readonly kind: 'waiting' }
  /** The user wants it back; its owner says whether it still waited. */
  | { readonly kind: 'taking back' }
  | { readonly kind: 'taken back' }
  /** The turn of that session has begun with it. `in`: the session's uuid. */
  | { readonly kind: 'told'; readonly session: number; readonly at: number; readonly in: string };

export type HubPiece = Omit<GuidancePiece, 'told'> & {
  readonly place: HubPiecePlace;
  /** Whose runner has it; null until one does. */
  readonly machine: string | null;
};

const longestUuid = 64;

/** Null if it cannot be read, or is of a newer version. `id`: as its key has it. */
export function readHubPiece(json: string, id: string): HubPiece | null {
  const fields = parsedObject(json);
  if (fields === null || numberField(fields, 'version') !== hubRecordVersion) return null;
  const text = textField(fields, 'text');
  const place = placeIn(fields);
  if (!isPieceId(id) || textField(fields, 'id') !== id || text === null || place === null)
    return null;
  const machine = textField(fields, 'machine');
  return {
    id,
    at: countField(fields, 'at') ?? 0,
    text: cleaned(text.slice(0, longestGuidance)),
    when: textField(fields, 'when') === 'now' ? 'now' : 'next',
    ...aboutIn(fields),
    place,
    machine: machine !== null && isMachineName(machine) ? machine : null,
  };
}

type Fields = NonNullable<ReturnType<typeof parsedObject>>;

function placeIn(fields: Fields): HubPiecePlace | null {
  const kind = textField(fields, 'place');
  if (kind === 'waiting' || kind === 'taking back' || kind === 'taken back') return { kind };
  const told = objectField(fields, 'told');
  if (kind !== 'told' || told === null) return null;
  return {
    kind,
    session: countField(told, 'session') ?? 0,
    at: countField(told, 'at') ?? 0,
    in: (textField(told, 'in') ?? '').slice(0, longestUuid),
  };
}

/** With its whole text also once it is told: if that session is lost with its machine, it is told again. */
export function writtenHubPiece({ place, ...piece }: HubPiece): string {
  const isTold = place.kind === 'told';
  return JSON.stringify({
    version: hubRecordVersion,
    ...piece,
    place: place.kind,
    told: isTold ? { session: place.session, at: place.at, in: place.in } : null,
  });
}

/** As a screen shows it; null for one that was taken back. */
export function shownPiece({ place, machine: _, ...piece }: HubPiece): GuidancePiece | null {
  if (place.kind === 'taken back') return null;
  const told = place.kind === 'told' ? { session: place.session, at: place.at } : null;
  return { ...piece, told };
}
