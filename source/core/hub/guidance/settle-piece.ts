// What a piece becomes at its owner and at the hub, when both are compared. While a machine owns the task, what its own files
// say counts, since only its runner tells a piece; the hub says what is new, and what the user wants back. When a machine takes
// the task from another one, what the hub says counts.

import type { HubPiece, HubPiecePlace } from './hub-piece.ts';

/** Where a piece is in the files of this machine. */
export type PiecePlace =
  | { readonly kind: 'waiting' }
  /** In the prompt of a session whose turn has not begun. */
  | { readonly kind: 'in' }
  | Extract<HubPiecePlace, { kind: 'told' }>;

export type Settled = {
  /** What happens to the files of this machine. */
  readonly here: 'nothing' | 'take back' | 'remove' | PlaceHere;
  /** What is written to the hub; null: nothing. */
  readonly hub: HubPiecePlace | null;
};

type PlaceHere = Exclude<PiecePlace, { kind: 'in' }>;

const waiting = { kind: 'waiting' } as const;
const takenBack = { kind: 'taken back' } as const;
const nothing: Settled = { here: 'nothing', hub: null };

type Compared = {
  here: PiecePlace | null;
  hub: Pick<HubPiece, 'place' | 'machine'> | null;
  /** This one's name. */
  machine: string;
};

/** `wasHere`: it waited here at the last look, so if it is gone now, the user has taken it back here. */
export function settleWhileOwned({
  here,
  hub,
  machine,
  wasHere,
}: Compared & { wasHere: boolean }): Settled {
  if (here === null) {
    if (hub === null) return nothing;
    if (hub.place.kind === 'taking back') return { here: 'nothing', hub: takenBack };
    if (hub.place.kind !== 'waiting') return nothing;
    return wasHere ? { here: 'nothing', hub: takenBack } : { here: waiting, hub: waiting };
  }
  if (here.kind === 'told') {
    if (hub === null) return nothing;
    const isSame = hub.place.kind === 'told' && hub.place.in === here.in;
    return isSame ? nothing : { here: 'nothing', hub: here };
  }
  const isWantedBack = hub?.place.kind === 'taking back' || hub?.place.kind === 'taken back';
  if (isWantedBack && here.kind === 'waiting') return { here: 'take back', hub: takenBack };
  const isKnown = hub?.place.kind === 'waiting' && hub.machine === machine;
  return isKnown ? nothing : { here: 'nothing', hub: waiting };
}

/**
 * `lost`: the session that another machine had begun and not ended. What it was told is told again: the files and the
 * conversation that are here are those of the last time that it handed them on, which may have been before.
 */
export function settleAtTakeOver({
  here,
  hub,
  lost,
}: Omit<Compared, 'machine'> & { lost: string | null }): Settled {
  if (hub === null) {
    // Said here while another machine had the task.
    return here === null || here.kind === 'told' ? nothing : { here: waiting, hub: waiting };
  }
  const { place } = hub;
  switch (place.kind) {
    case 'waiting':
      return { here: waiting, hub: waiting };
    case 'taking back':
    case 'taken back':
      return { here: here === null ? 'nothing' : 'remove', hub: takenBack };
    case 'told':
      if (lost !== null && place.in === lost) return { here: waiting, hub: waiting };
      return { here: place, hub: null };
    default:
      return place satisfies never;
  }
}
