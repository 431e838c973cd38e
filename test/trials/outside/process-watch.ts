// Which process lived when, seen from outside: the process table, read ten times a second. It knows a session by the
// marker that all its processes carry, and never asks the program.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { sessionMarker } from '../../../source/core/codex/arguments.ts';

export type Kind = 'codex' | 'launcher' | 'command' | 'runner' | 'program';

export type SeenProcess = {
  pid: number;
  startTime: string;
  kind: Kind;
  /** A session's marker. */
  uuid: string | null;
  /** A runner's task. */
  task: string | null;
  /** Epoch ms. */
  firstSeen: number;
  lastSeen: number;
};

/** Two sessions that lived at the same time. */
export type Together = { at: number; uuids: readonly string[] };

export type ProcessWatch = {
  /** All processes ever seen, in the order in which they appeared. */
  seen(): readonly SeenProcess[];
  living(kind?: Kind): SeenProcess[];
  /** Every set of sessions seen alive at the same time. The logs say which of them belong to one task. */
  together(): readonly Together[];
  /** Looks now. */
  look(): void;
  stop(): void;
};

export function watchProcesses(directory: string, everyMs = 100): ProcessWatch {
  const known = new Map<string, SeenProcess>();
  const strangers = new Map<string, number>();
  const together = new Map<string, Together>();
  let living: SeenProcess[] = [];

  const look = (): void => {
    const at = Date.now();
    living = [];
    for (const name of readdirSync('/proc')) {
      const pid = Number(name);
      if (!Number.isInteger(pid) || pid <= 1 || pid === process.pid) continue;
      const startTime = startTimeOfLiving(pid);
      if (startTime === null) continue;
      const key = `${pid}:${startTime}`;
      const before = known.get(key);
      // A process that has just been forked may not have called exec yet.
      if (before === undefined && at - (strangers.get(key) ?? at) > settledMs) continue;
      const face = before?.kind === 'codex' ? null : faceOf(pid, directory);
      if (face === null && before === undefined) {
        if (!strangers.has(key)) strangers.set(key, at);
        continue;
      }
      const now: SeenProcess = before ?? {
        pid,
        startTime,
        ...face!,
        firstSeen: at,
        lastSeen: at,
      };
      // The marker stays: a process that strips its environment still belongs to the session.
      if (face !== null) Object.assign(now, face, { uuid: face.uuid ?? now.uuid });
      now.lastSeen = at;
      known.set(key, now);
      living.push(now);
    }
    noteTogether(at);
  };

  function noteTogether(at: number): void {
    const uuids = sessionsOf(living);
    if (uuids.length < 2) return;
    const key = uuids.join(' ');
    if (together.has(key)) return;
    // A scan takes some milliseconds: a session that ended before the other began must not count.
    const still = sessionsOf(living.filter((one) => startTimeOfLiving(one.pid) === one.startTime));
    if (still.length > 1) together.set(still.join(' '), { at, uuids: still });
  }

  look();
  const timer = setInterval(look, everyMs);
  return {
    seen: () => [...known.values()],
    living: (kind) => living.filter((one) => kind === undefined || one.kind === kind),
    together: () => [...together.values()],
    look,
    stop: () => clearInterval(timer),
  };
}

const settledMs = 3000;

type Face = Pick<SeenProcess, 'kind' | 'uuid' | 'task'>;

/** The kind of a process; null if it is not ours. */
function faceOf(pid: number, directory: string): Face | null {
  const environment = read(`/proc/${pid}/environ`);
  if (!environment.includes(directory)) return null;
  const uuid = new RegExp(`(?:^|\\0)${sessionMarker}=([^\\0]+)`).exec(environment)?.[1] ?? null;
  const [program = '', ...words] = read(`/proc/${pid}/cmdline`).split('\0');
  // Node's own options come first.
  const script = words.find((word) => !word.startsWith('--')) ?? '';
  if (uuid !== null) return { kind: kindInSession(pid, script), uuid, task: null };
  if (basename(script) === 'runner.js') return { kind: 'runner', uuid, task: taskOfRunner(pid) };
  // Once it has read its arguments, it sets its own process title.
  if (basename(script || program).startsWith('autonomous-tui')) {
    return { kind: 'program', uuid, task: null };
  }
  // A launcher that is just starting, or a shell of the test: not for us to judge.
  return program === '' ? null : { kind: 'command', uuid, task: null };
}

function kindInSession(pid: number, script: string): Kind {
  const isCodex = basename(link(`/proc/${pid}/exe`)) === 'codex';
  if (!isCodex && basename(script) !== 'codex') return 'command';
  // The same programs are the sandbox of the command or the check that they run.
  const words = read(`/proc/${pid}/cmdline`).split('\0');
  if (words[isCodex ? 1 : 2] !== 'exec') return 'command';
  return isCodex ? 'codex' : 'launcher';
}

/** A runner's stdout is its task's runner.log. */
function taskOfRunner(pid: number): string | null {
  return /([^/]+)\/runner\.log$/u.exec(link(`/proc/${pid}/fd/1`))?.[1] ?? null;
}

/** `4242 (any ) name) S …`; null if it is gone or a zombie. */
function startTimeOfLiving(pid: number): string | null {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  return fields[19] ?? null;
}

function sessionsOf(processes: readonly SeenProcess[]): string[] {
  const uuids = processes.flatMap(({ uuid }) => (uuid === null ? [] : [uuid]));
  return [...new Set(uuids)].sort();
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
