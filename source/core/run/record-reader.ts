// run.json → RunRecord, field by field; null when an essential field is missing or invalid. The file is ours and
// outside the project, but it may be from another version or edited by hand.

import {
  countField,
  field,
  listField,
  numberField,
  objectField,
  textField,
  type JsonObject,
} from '../json/json.ts';
import type {
  DirectoryIdentity,
  ProcessIdentity,
  RunPhase,
  RunRecord,
  SessionRecord,
  SystemSignal,
} from './record.ts';
import type { Ending, Pause } from './run.ts';
import type { Usage } from '../codex/log-event.ts';
import { bottomOfLadder, type Ladder } from './run.ts';
import { readStage, readTold } from '../stage/stage-record.ts';
import { readReview } from '../review/review-record.ts';
import { isThreadId, roles, type Sandbox } from '../task/task.ts';
import { noUsage } from '../codex/usage.ts';

const phases: readonly RunPhase[] = [
  'queued',
  'looking',
  'starting',
  'working',
  'stopping',
  'closing',
  'resting',
  'waiting',
  'needs you',
  'ended',
];
const pauses: readonly Pause[] = ['none', 'after session', 'now'];
const sandboxes: readonly Sandbox[] = ['workspace-write', 'danger-full-access'];
const outputs: readonly SessionRecord['output'][] = ['own file', 'log'];
const systemSignals: readonly SystemSignal[] = ['SIGTERM', 'SIGHUP'];
const endings: readonly Ending['kind'][] = ['done', 'stopped', 'paused', 'failed'];

export function readRunRecord(fields: JsonObject | null): RunRecord | null {
  if (fields === null || numberField(fields, 'version') !== 1) return null;
  const run = textField(fields, 'run');
  const runner = readProcessIdentity(fields, 'runner');
  const directory = objectField(fields, 'directory');
  const phase = wordField(fields, 'phase', phases);
  const sandbox = wordField(fields, 'sandbox', sandboxes);
  if (run === null || runner === null || directory === null) return null;
  if (phase === null || sandbox === null) return null;
  return {
    version: 1,
    run,
    runner,
    directory: readDirectoryIdentity(directory),
    phase,
    pause: wordField(fields, 'pause', pauses) ?? 'none',
    startedAt: numberField(fields, 'startedAt') ?? 0,
    sandbox,
    autoContinue: field(fields, 'autoContinue') !== false,
    maxSessions: numberField(fields, 'maxSessions'),
    until: numberField(fields, 'until'),
    planOnly: field(fields, 'planOnly') === true,
    worked: readWorked(objectField(fields, 'worked')),
    sessionsInRun: numberField(fields, 'sessionsInRun') ?? 0,
    session: readSession(objectField(fields, 'session')),
    wait: readWait(objectField(fields, 'wait')),
    failuresInARow: numberField(fields, 'failuresInARow') ?? 0,
    unexplainedInARow: countField(fields, 'unexplainedInARow') ?? 0,
    ladder: readLadder(objectField(fields, 'ladder')),
    ticked: countField(fields, 'ticked'),
    steps: countField(fields, 'steps'),
    hadSteps: field(fields, 'hadSteps') === true,
    thread: readThread(objectField(fields, 'thread')),
    usage: readUsage(objectField(fields, 'usage')) ?? noUsage,
    takenUpAt: listField(fields, 'takenUpAt').filter((at): at is number => Number.isFinite(at)),
    stage: readStage(objectField(fields, 'stage')),
    told: readTold(listField(fields, 'told')),
    unmet: textField(fields, 'unmet'),
    unproven: countField(fields, 'unproven') ?? 0,
    repairs: countField(fields, 'repairs') ?? 0,
    held: textField(fields, 'held'),
    review: readReview(objectField(fields, 'review')),
    toldToEnd: wordField(fields, 'toldToEnd', systemSignals),
    unrecovered: textField(fields, 'unrecovered'),
    ending: readEnding(objectField(fields, 'ending')),
  };
}

function readSession(fields: JsonObject | null): SessionRecord | null {
  if (fields === null) return null;
  const number = numberField(fields, 'number');
  const uuid = textField(fields, 'uuid');
  const role = wordField(fields, 'role', roles);
  const log = objectField(fields, 'log');
  // The uuid is searched for in other processes' environments; a malformed one could match anything.
  if (number === null || uuid === null || !isThreadId(uuid) || role === null || log === null) {
    return null;
  }
  return {
    number,
    uuid,
    role,
    ...(field(fields, 'profile') === undefined ? {} : { profile: textField(fields, 'profile') }),
    resumes: threadField(fields, 'resumes'),
    threadId: threadField(fields, 'threadId'),
    startedAt: numberField(fields, 'startedAt') ?? 0,
    log: {
      offset: numberField(log, 'offset') ?? 0,
      device: numberField(log, 'device') ?? -1,
      inode: numberField(log, 'inode') ?? -1,
    },
    output: wordField(fields, 'output', outputs) ?? 'log',
    codex: readProcessIdentity(fields, 'codex'),
    ended: readSessionEnding(objectField(fields, 'ended')),
  };
}

function readSessionEnding(fields: JsonObject | null): SessionRecord['ended'] {
  if (fields === null) return null;
  const copy = objectField(fields, 'copy');
  const length = copy === null ? null : countField(copy, 'length');
  const sha256 = copy === null ? null : textField(copy, 'sha256');
  return {
    at: numberField(fields, 'at') ?? 0,
    outcome: textField(fields, 'outcome') ?? '',
    copy: length === null || sha256 === null ? null : { length, sha256 },
  };
}

function readWait(fields: JsonObject | null): RunRecord['wait'] {
  const reason = fields === null ? null : textField(fields, 'reason');
  return fields === null || reason === null
    ? null
    : { reason, until: numberField(fields, 'until') };
}

function readWorked(fields: JsonObject | null): RunRecord['worked'] {
  if (fields === null) return { ms: 0, since: null };
  return { ms: countField(fields, 'ms') ?? 0, since: numberField(fields, 'since') };
}

function readThread(fields: JsonObject | null): RunRecord['thread'] {
  if (fields === null) return null;
  const id = threadField(fields, 'id');
  const totals = readUsage(objectField(fields, 'totals'));
  return id === null || totals === null ? null : { id, totals };
}

function readLadder(fields: JsonObject | null): Ladder {
  if (fields === null) return bottomOfLadder;
  return {
    rung: countField(fields, 'rung') ?? 0,
    sessionsWithoutTick: countField(fields, 'sessionsWithoutTick') ?? 0,
  };
}

function readUsage(fields: JsonObject | null): Usage | null {
  if (fields === null) return null;
  return {
    inputTokens: numberField(fields, 'inputTokens') ?? 0,
    cachedInputTokens: numberField(fields, 'cachedInputTokens') ?? 0,
    outputTokens: numberField(fields, 'outputTokens') ?? 0,
    reasoningTokens: numberField(fields, 'reasoningTokens') ?? 0,
  };
}

function readEnding(fields: JsonObject | null): Ending | null {
  const kind = fields === null ? null : wordField(fields, 'kind', endings);
  if (fields === null || kind === null) return null;
  return { kind, sentence: textField(fields, 'sentence'), at: numberField(fields, 'at') ?? 0 };
}

export function readProcessIdentity(fields: JsonObject, name: string): ProcessIdentity | null {
  const identity = objectField(fields, name);
  if (identity === null) return null;
  const pid = numberField(identity, 'pid');
  const startTime = textField(identity, 'startTime');
  const bootId = textField(identity, 'bootId');
  // To kill(2), 0, 1 and negative numbers mean groups, every process or init: never one of ours.
  if (pid === null || !Number.isInteger(pid) || pid <= 1) return null;
  return startTime === null || bootId === null ? null : { pid, startTime, bootId };
}

function threadField(fields: JsonObject, name: string): string | null {
  const text = textField(fields, name);
  return text !== null && isThreadId(text) ? text : null;
}

function wordField<Word extends string>(
  fields: JsonObject,
  name: string,
  words: readonly Word[],
): Word | null {
  const value = field(fields, name);
  return words.find((word) => word === value) ?? null;
}

/** One that is no identity is that of no directory. */
export function readDirectoryIdentity(fields: JsonObject): DirectoryIdentity {
  return {
    device: numberField(fields, 'device') ?? -1,
    inode: numberField(fields, 'inode') ?? -1,
    bornAt: numberField(fields, 'bornAt'),
  };
}
