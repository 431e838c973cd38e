// What the user tells a task of a hub, at its owner: it comes from the hub into the files that the runner looks at, and what
// becomes of it goes back. The watch is a hint; a regular look is what counts. Each write is by compare-and-set, and only
// under the lease: one that is refused is decided anew at the next look.

import { isPieceId, type GuidancePiece } from '../../../core/guidance/guidance.ts';
import {
  readHubPiece,
  writtenHubPiece,
  type HubPiece,
} from '../../../core/hub/guidance/hub-piece.ts';
import {
  settleAtTakeOver,
  settleWhileOwned,
  type PiecePlace,
  type Settled,
} from '../../../core/hub/guidance/settle-piece.ts';
import { noHubTaskSentence } from '../../../core/hub/claim-sentences.ts';
import { hubPieceKey, pieceOfHubKey } from '../../../core/hub/hub-names.ts';
import type { DirectoryIdentity } from '../../../core/run/record.ts';
import type { Clock } from '../../../system/clock.ts';
import type { HubConnection, HubEntry } from '../../../system/hub/hub-connection.ts';
import type { PlacedGuidance, PlacedPiece } from '../../../system/state/files/placed-guidance.ts';
import { serially } from '../../serially.ts';
import type { HubLink } from '../hub-link.ts';

type ShareGuidanceDeps = {
  link: HubLink;
  clock: Pick<Clock, 'every'>;
  /** This machine's name in the hub. */
  machine: string;
  /** The task's, in the hub. */
  key: string;
  /** `takeBack` returns false if the piece does not wait any more. */
  files: PlacedGuidance & { takeBack(id: string): Promise<boolean> };
  /** Of the task's directory. */
  identity(): Promise<DirectoryIdentity | null>;
  /** Whether the lease holds now. */
  isOwner(): boolean;
};

type SharedGuidance = {
  /**
   * The task comes from another machine: what the hub has counts. `lost`: the session that ended with that machine. Throws a
   * sentence.
   */
  takeOver(lost: string | null): Promise<void>;
  /** Call before the first session: what the hub has is here then. Throws a sentence. */
  begin(): Promise<void>;
  /** Call when a session has ended, before that is recorded: otherwise a machine that goes on would tell it again. Never rejects. */
  sessionEnded(): Promise<void>;
  close(): void;
};

type Pieces = ReadonlyMap<string, PlacedPiece | null>;

type Decide = (id: string, here: PiecePlace | null, hub: HubPiece | null) => Settled;

const lookEveryMs = 1000;
/** The hub is asked in every so many looks if nothing has changed here. */
const looksPerQuestion = 5;

export function shareGuidance(deps: ShareGuidanceDeps): SharedGuidance {
  const { link, clock, machine, key, files } = deps;
  /** Those that waited here at the last look. */
  let waitedHere: ReadonlySet<string> = new Set();
  let seenHere = '';
  let looksUntilQuestion = 0;
  let isOver = false;
  let closeWatch = (): void => {};
  const stops: (() => void)[] = [];

  const connected = (): HubConnection => {
    const connection = link.current();
    if (connection === null) throw new Error(link.problem() ?? noHubTaskSentence('no answer'));
    return connection;
  };

  async function settleAll(
    pieces: Pieces,
    { decide, directory }: { decide: Decide; directory: DirectoryIdentity },
  ): Promise<void> {
    const connection = connected();
    const atHub = await readHub(connection, key);
    for (const id of [...new Set([...pieces.keys(), ...atHub.keys()])].toSorted()) {
      const placed = pieces.get(id) ?? null;
      const found = atHub.get(id) ?? { revision: 0, piece: null };
      if (found.revision > 0 && found.piece === null) continue;
      const piece = placed?.piece ?? found.piece;
      if (piece === null) continue;
      const settled = decide(id, placed?.place ?? null, found.piece);
      // Who was lost while it read decides nothing.
      if (!deps.isOwner()) return;
      if (!(await settledHere(said(piece), settled.here, directory)) || settled.hub === null)
        continue;
      const text = writtenHubPiece({ ...said(piece), place: settled.hub, machine });
      await connection.write('requests', hubPieceKey(key, id), { text, expected: found.revision });
    }
  }

  /** False if a session has taken it at this moment: the next look says so. */
  async function settledHere(
    piece: GuidancePiece,
    here: Settled['here'],
    directory: DirectoryIdentity,
  ): Promise<boolean> {
    if (here === 'take back') return files.takeBack(piece.id);
    if (here === 'remove') await files.remove(piece.id);
    else if (here !== 'nothing') await files.place({ piece, place: here }, directory);
    return true;
  }

  /** Throws if the hub does not answer. */
  const settle = serially(async () => {
    const directory = await deps.identity();
    if (isOver || directory === null) return;
    looksUntilQuestion = looksPerQuestion;
    const seen = await files.fingerprint();
    const pieces = await files.read(directory);
    const decide: Decide = (id, here, hub) => {
      // It cannot be read, or is on its way to another place.
      if (pieces.get(id) === null) return { here: 'nothing', hub: null };
      return settleWhileOwned({ here, hub, machine, wasHere: waitedHere.has(id) });
    };
    await settleAll(pieces, { decide, directory });
    const after = await files.read(directory);
    waitedHere = new Set([...after.keys()].filter((id) => isWaiting(after.get(id))));
    seenHere = seen;
  });

  const look = serially(async () => {
    if (isOver) return;
    const isChanged = (await files.fingerprint()) !== seenHere;
    if (isChanged || --looksUntilQuestion <= 0) await settle();
  });
  const settleSoon = (): void => void settle().catch(() => {});

  const hear = (id: string, { text }: HubEntry): void => {
    const piece = text === null ? null : readHubPiece(text, id);
    if (piece === null || isOver) return;
    const isOwn = piece.machine === machine && piece.place.kind !== 'taking back';
    if (!isOwn) settleSoon();
  };
  const watch = (): void => {
    closeWatch();
    const onEntry = (of: string, entry: HubEntry): void => hear(pieceOfHubKey(of), entry);
    const watched = link.current()?.watch('requests', hubPieceKey(key, '*'), onEntry);
    closeWatch = watched?.close ?? (() => {});
  };

  return {
    takeOver: async (lost) => {
      const directory = await deps.identity();
      if (directory === null) return;
      const decide: Decide = (_, here, hub) => settleAtTakeOver({ here, hub, lost });
      await settleAll(await files.read(directory), { decide, directory });
    },
    begin: async () => {
      await settle();
      watch();
      stops.push(
        link.onChange(() => {
          watch();
          settleSoon();
        }),
        clock.every(lookEveryMs, () => void look().catch(() => {})),
      );
    },
    sessionEnded: () => settle().catch(() => {}),
    close: () => {
      isOver = true;
      closeWatch();
      for (const stop of stops) stop();
    },
  };
}

/** By their ids. `piece` is null for one that cannot be read. */
async function readHub(
  connection: HubConnection,
  key: string,
): Promise<Map<string, { revision: number; piece: HubPiece | null }>> {
  const entries = await connection.list('requests', hubPieceKey(key, '*'));
  return new Map(
    entries.flatMap(({ key: of, revision, text }) => {
      const id = pieceOfHubKey(of);
      if (!isPieceId(id)) return [];
      return [[id, { revision, piece: text === null ? null : readHubPiece(text, id) }]];
    }),
  );
}

/** Without what the place of a piece says. */
function said({ id, at, text, when, about }: Omit<GuidancePiece, 'told'>): GuidancePiece {
  return { id, at, text, when, ...(about === undefined ? {} : { about }), told: null };
}

function isWaiting(placed: PlacedPiece | null | undefined): boolean {
  return placed?.place.kind === 'waiting';
}
