// Tells a task of a hub something, from any machine: it is kept at the hub, and whatever the task waits for is helped along.
// Its owner says that it has it, and later when it was told. A done task gets it as a step and goes on.

import {
  cleaned,
  nextId,
  whyNotTold,
  type GuidancePiece,
} from '../../../core/guidance/guidance.ts';
import {
  readHubPiece,
  writtenHubPiece,
  type HubPiece,
} from '../../../core/hub/guidance/hub-piece.ts';
import { hubPieceKey, pieceOfHubKey } from '../../../core/hub/hub-names.ts';
import { isAtRest, type HubTask } from '../../../core/hub/task-record.ts';
import type { RunRecord } from '../../../core/run/record.ts';
import type { TaskKey } from '../../../core/task/task-key.ts';
import { taskState } from '../../../core/task/state.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import { safeLine } from '../../../core/text/safe-text.ts';
import type { Clock } from '../../../system/clock.ts';
import type { HubConnection } from '../../../system/hub/hub-connection.ts';
import type { Telling } from '../../tasks/tell-task.ts';
import type { HubLink } from '../hub-link.ts';
import { isFinal } from '../hub-record.ts';
import { waited, writeHubRequest } from '../requests.ts';
import { continueTask } from './continue-task.ts';
import { connectedTo, keyAtHub, nameAtHub, readTaskAtHub } from './task-at-hub.ts';

type TellHubDeps = {
  link: HubLink;
  clock: Clock;
  /** Random and never used before. */
  newId(): string;
  /** For how long an answer is awaited. */
  patienceMs?: number;
};

/** `name`: as a sentence names it. */
type AtHub = { key: string; name: string };

const tenSeconds = 10_000;
const lookEveryMs = 250;
/** A run that was about to end when it got the piece has ended after this time. */
const settlesMs = 1500;

export async function tellOverHub(
  deps: TellHubDeps,
  task: TaskKey,
  { text, when }: Pick<GuidancePiece, 'text' | 'when'>,
): Promise<Telling> {
  const problem = whyNotTold(text);
  if (problem !== null) return { ok: false, sentence: problem };
  try {
    const at: AtHub = { key: keyAtHub(task), name: nameAtHub(task) };
    const connection = connectedTo(deps.link);
    await readTaskAtHub(connection, at.key);
    const piece = await keep(deps, connection, { key: at.key, text, when });
    const kept: GuidancePiece = { ...piece, told: null };
    try {
      const sentence = await helpedAlong(deps, at, piece);
      return { ok: true, sentence: safeLine(sentence, 1000), piece: kept };
    } catch (error) {
      const why = safeLine(errorMessage(error), 1000);
      return { ok: false, sentence: `It waits at the hub, but: ${why}`, piece: kept };
    }
  } catch (error) {
    return { ok: false, sentence: safeLine(errorMessage(error), 1000) };
  }
}

/** False if it was told. Throws a sentence if it is in a prompt, or if its owner does not answer in time. */
export async function takeBackOverHub(
  { link, clock, patienceMs = tenSeconds }: TellHubDeps,
  { task, id }: { task: TaskKey; id: string },
): Promise<boolean> {
  const key = keyAtHub(task);
  const pieceKey = hubPieceKey(key, id);
  const until = clock.monotonic() + patienceMs;
  let wasAsked = false;
  for (;;) {
    const connection = connectedTo(link);
    const { revision, text } = await connection.read('requests', pieceKey);
    const piece = text === null ? null : readHubPiece(text, id);
    if (piece === null || piece.place.kind === 'taken back') return true;
    if (piece.place.kind === 'told') return false;
    const { owner } = (await readTaskAtHub(connection, key)).task.lease;
    if (wasAsked && piece.place.kind === 'waiting') {
      throw new Error(`${piece.machine ?? 'Its machine'} has it in a prompt already`);
    }
    if (piece.place.kind === 'waiting' || owner === null) {
      const place = { kind: owner === null ? 'taken back' : 'taking back' } as const;
      const written = { text: writtenHubPiece({ ...piece, place }), expected: revision };
      wasAsked = (await connection.write('requests', pieceKey, written)) !== 'refused';
      continue;
    }
    if (clock.monotonic() >= until) {
      throw new Error(`${owner} has not answered: it takes it back when it is heard again`);
    }
    await waited(clock, lookEveryMs);
  }
}

/** Throws a sentence: also if it is not known whether the hub has it, since said again it would be told twice. */
async function keep(
  { clock, newId }: TellHubDeps,
  connection: HubConnection,
  { key, text, when }: Pick<GuidancePiece, 'text' | 'when'> & { key: string },
): Promise<HubPiece> {
  const known = await connection.list('requests', hubPieceKey(key, '*'));
  const ids = known.map(({ key: of }) => pieceOfHubKey(of));
  const now = clock.now();
  const random = newId().replaceAll('-', '').slice(0, 8);
  const piece: HubPiece = {
    ...{ id: nextId(ids, now, random), at: now, text: cleaned(text), when },
    ...{ place: { kind: 'waiting' }, machine: null },
  };
  const pieceKey = hubPieceKey(key, piece.id);
  const written = { text: writtenHubPiece(piece), expected: 0 };
  const stored = await connection
    .write('requests', pieceKey, written)
    .catch((error: unknown) => storedAllTheSame(connection, pieceKey, error));
  if (stored === 'refused') {
    throw new Error('Another machine said something at the same moment: say it again');
  }
  return piece;
}

/** The answer may be lost, and not the piece. A hub that will not have it is believed. */
async function storedAllTheSame(
  connection: HubConnection,
  pieceKey: string,
  error: unknown,
): Promise<number> {
  if (isFinal(error)) throw error;
  const found = await connection.read('requests', pieceKey).catch(() => null);
  if (found?.text != null) return found.revision;
  const why = errorMessage(error);
  throw new Error(
    `It is not known whether the hub has it: look at the About page before you say it again. ${why}`,
  );
}

/** What becomes of it, as a sentence. */
async function helpedAlong(
  deps: TellHubDeps,
  { key, name }: AtHub,
  { id, when }: HubPiece,
): Promise<string> {
  const { clock, patienceMs = tenSeconds } = deps;
  const until = clock.monotonic() + patienceMs;
  let hasItSince: number | null = null;
  for (;;) {
    const connection = connectedTo(deps.link);
    const { task } = await readTaskAtHub(connection, key);
    if (isAtRest(task)) return atRest(deps, { key, name }, task);
    const { text } = await connection.read('requests', hubPieceKey(key, id));
    const piece = text === null ? null : readHubPiece(text, id);
    const { owner } = task.lease;
    if (piece?.place.kind === 'told') return `${name} was told (session ${piece.place.session})`;
    if (owner === null) return `${name} will be told when a machine takes it`;
    if (piece?.machine === owner) {
      const { run } = task;
      if (run !== null && needsUser(run)) {
        await writeHubRequest(
          { ...deps, key },
          { run: run.run, want: 'try now', id: deps.newId() },
        );
        return `${name} tries again on ${owner}, and is told with its next session`;
      }
      hasItSince ??= clock.monotonic();
      if (clock.monotonic() >= hasItSince + settlesMs) {
        return when === 'now'
          ? `${owner} interrupts the session of ${name}, and tells it`
          : `${name} will be told with its next session, on ${owner}`;
      }
    } else if (clock.monotonic() >= until) {
      return `${owner} has not answered: what you said waits at the hub, and ${name} will be told by the machine that works on it`;
    }
    await waited(clock, lookEveryMs);
  }
}

function needsUser(record: RunRecord): boolean {
  return taskState({ record, runnerLives: true, progress: null }).word === 'needs you';
}

async function atRest(deps: TellHubDeps, { key, name }: AtHub, { run }: HubTask): Promise<string> {
  if (run?.ending?.kind !== 'done') return `${name} will be told when it is continued`;
  await continueTask({
    connection: connectedTo(deps.link),
    key,
    newId: deps.newId,
    evenIfDone: true,
  });
  return `${name} was done: this becomes a step of it, and it goes on when a worker has a place for it`;
}
