// Follows what the user told a task of a hub, for who looks at it from any machine. The watch is a hint; a regular look is
// what counts.

import { isPieceId, type GuidancePiece } from '../../../core/guidance/guidance.ts';
import { readHubPiece, shownPiece, type HubPiece } from '../../../core/hub/guidance/hub-piece.ts';
import { hubPieceKey, pieceOfHubKey } from '../../../core/hub/hub-names.ts';
import type { Clock } from '../../../system/clock.ts';
import type { HubEntry } from '../../../system/hub/hub-connection.ts';
import { serially } from '../../serially.ts';
import type { HubLink } from '../hub-link.ts';

type FollowGuidanceDeps = { link: HubLink; clock: Pick<Clock, 'every'>; key: string };

const lookEveryMs = 5000;

/** `pieces`: oldest first; the same object until something changes. */
export function followHubGuidance(
  { link, clock, key }: FollowGuidanceDeps,
  onChange: () => void,
): { pieces(): readonly GuidancePiece[]; close(): void } {
  const keys = hubPieceKey(key, '*');
  const known = new Map<string, { revision: number; text: string; piece: HubPiece }>();
  let shown: readonly GuidancePiece[] = [];
  let isOver = false;
  let closeWatch = (): void => {};

  /** Whether that is news. */
  const note = (of: string, { revision, text }: HubEntry): boolean => {
    const id = pieceOfHubKey(of);
    const before = known.get(id);
    if (isOver || text === null || !isPieceId(id)) return false;
    if (before !== undefined && (before.text === text || before.revision > revision)) return false;
    const piece = readHubPiece(text, id);
    if (piece === null) return false;
    known.set(id, { revision, text, piece });
    return true;
  };
  const tell = (): void => {
    const ids = [...known.keys()].toSorted();
    shown = ids.flatMap((id) => shownPiece(known.get(id)!.piece) ?? []);
    onChange();
  };
  const watch = (): void => {
    closeWatch();
    const onEntry = (of: string, entry: HubEntry): void => {
      if (note(of, entry)) tell();
    };
    closeWatch = link.current()?.watch('requests', keys, onEntry).close ?? (() => {});
  };
  const look = serially(async () => {
    const found = (await link.current()?.list('requests', keys)) ?? [];
    const news = found.filter((entry) => note(entry.key, entry));
    if (news.length === 0) return;
    tell();
    // A watch that has not told it has gone blind, or will tell it in a moment: another one tells it, too.
    watch();
  });
  const again = (): void => {
    // Another start of the server counts its revisions anew.
    for (const one of known.values()) one.revision = 0;
    watch();
  };
  const stops = [link.onChange(again), clock.every(lookEveryMs, () => void look().catch(() => {}))];
  watch();
  return {
    pieces: () => shown,
    close: () => {
      isOver = true;
      closeWatch();
      for (const stop of stops) stop();
    },
  };
}
