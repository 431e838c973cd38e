// Watches the list while a session works: when it changes, and which commands are open then. What it saw says at the
// session's end which changes are the user's, and whether a tick is proven. Nothing here may hold up the run.

import type { LogEvent } from '../../../core/codex/log-event.ts';
import { isIdleCommand } from '../../../core/codex/idle-command.ts';
import type {
  CommandSpan,
  ListChange,
  SessionWatch,
  Span,
} from '../../../core/evidence/session-watch.ts';
import type { SessionRecord } from '../../../core/run/record.ts';
import type { RunnerDeps } from '../../run/runner-deps.ts';
import { serially } from '../../serially.ts';

/** The log tells when the agent acts; the user's edits are found by this look. */
const lookEveryMs = 1000;
/** Later commands and changes are not needed: one working command is proof enough. */
const mostCommands = 500;
const mostChanges = 50;

const noTexts = { from: '', to: '' };

/** A list that was read this soon after its change may have changed once more without another time. */
const settledAfterMs = 100;

/** As it was at some time from `at` to `until`: a busy machine may take long to look. */
type Seen = { text: string; at: number; until: number };

/** The kernel's clock for files goes by ticks of up to 10 ms. */
const coarseMs = 20;

type ListWatch = {
  /** An event of the session. `since`: it was not there yet at this look at Codex's output. */
  saw(event: LogEvent, where: { at: number; since: number }): void;
  /** Looks a last time and stops. */
  end(): Promise<SessionWatch>;
};

type Beginning = {
  record: SessionRecord;
  /** The list when the session began; null if this runner did not see it then. */
  text: string | null;
};

/** `onChange`: hears the list when it is first read, and after each change that a look finds. */
export function watchList(
  { clock, task, state, codex }: Pick<RunnerDeps, 'clock' | 'task' | 'state' | 'codex'>,
  { record, text }: Beginning,
  onChange: (text: string) => void,
): ListWatch {
  const open = new Map<string, CommandSpan>();
  const commands = keptCommands();
  const listWrites: Span[] = [];
  const changes: ListChange[] = [];
  let seen: Seen | null = text === null ? null : beginningWith(text, clock.now());
  let changedAt: number | null = null;
  /** The user's list as an earlier look found it. */
  let lastUsers: string | null = null;
  /** When the list that `changedAt` is about was read. */
  let readAt = -Infinity;
  let patched: string | null = null;

  const lookAgain = serially(async () => {
    const at = clock.now();
    const written = await task.listChangedAt();
    const isSettled = written === null || Math.abs(readAt - written) > settledAfterMs;
    if (written === changedAt && isSettled && seen !== null) {
      [seen.at, seen.until] = [at, clock.now()];
      return;
    }
    const list = await task.readList();
    if (list.kind === 'unreadable') return;
    const isFirst = changedAt === null;
    if (seen === null) lastUsers = await state.readUsersList();
    const until = clock.now();
    [changedAt, readAt] = [written, until];
    const found: Seen = { text: list.kind === 'text' ? list.text : '', at, until };
    if (list.kind === 'text' && (isFirst || found.text !== seen?.text)) onChange(list.text);
    if (seen !== null && found.text !== seen.text) await note(seen, found, written ?? at);
    seen = found;
  });

  async function note(before: Seen, after: Seen, written: number): Promise<void> {
    const { since, at } = timeOfChange(written, before, after);
    const users = await state.readUsersList();
    const hasProcesses =
      open.size > 0 || (await codex.commandsLive({ uuid: record.uuid, leader: record.codex }));
    const keep = (from: string, to: string, isByProgram: boolean): void => {
      if (changes.length >= mostChanges) changes.shift();
      // Only a change that may be the user's needs its texts.
      const texts = hasProcesses && !isByProgram ? noTexts : { from, to };
      changes.push({ since, at, ...texts, hasProcesses, isByProgram });
    };
    // Codex may have written the list between the user's edit and this look.
    const isNew = users !== null && users !== lastUsers && users !== before.text;
    lastUsers = users;
    if (users === null || !isNew || users === after.text) {
      return keep(before.text, after.text, users === after.text);
    }
    keep(before.text, users, true);
    keep(users, after.text, false);
  }

  // At once, behind the event that it is about: a list that was deleted has no time but that of the look.
  const look = (): void => void lookAgain().catch(() => {});
  const stopLooking = clock.every(lookEveryMs, look);
  look();
  return {
    saw: (event, { at, since }) => {
      if (event.type !== 'item') return;
      const { body, stage, id } = event;
      if (body.kind === 'command') {
        const span = open.get(id) ?? {
          command: body.command,
          exitCode: null,
          from: since,
          to: null,
        };
        if (stage === 'completed') {
          open.delete(id);
          commands.keep({ ...span, exitCode: body.exitCode, to: at });
        } else open.set(id, span);
      }
      if (body.kind === 'file-changes' && body.status === 'completed') {
        patched ??= body.changes.find(({ path }) => !isTasks(path))?.path ?? null;
      }
      if (body.kind === 'file-changes' && body.changes.some(({ path }) => namesList(path))) {
        listWrites.push({ from: since, to: stage === 'completed' ? at : null });
        for (const change of changes)
          if (change.at >= since && !change.isByProgram) Object.assign(change, noTexts);
      }
      look();
    },
    end: async () => {
      stopLooking();
      await lookAgain().catch(() => {});
      return {
        commands: [...commands.all(), ...open.values()],
        listWrites: closedSpans(listWrites),
        changes,
        patched,
      };
    },
  };
}

function beginningWith(text: string, at: number): Seen {
  return { text, at, until: at };
}

/** Another machine's clock may have set the time of the file: then it changed at some time between the two looks. */
function timeOfChange(
  written: number,
  { at: earliest }: Seen,
  { until: latest }: Seen,
): Pick<ListChange, 'since' | 'at'> {
  const isKnown = written >= earliest - coarseMs && written <= latest + coarseMs;
  if (!isKnown) return { since: earliest, at: latest };
  const at = Math.min(Math.max(written, earliest), latest);
  return { since: at, at };
}

/** Commands that did nothing make room for those that did. Each is judged once, since a session can have very many. */
function keptCommands(): { keep(span: CommandSpan): void; all(): readonly CommandSpan[] } {
  const idle: CommandSpan[] = [];
  const working: CommandSpan[] = [];
  return {
    keep: (span) => {
      const kept = isIdleCommand(span.command) ? idle : working;
      kept.push(span);
      if (idle.length + working.length > mostCommands) {
        if (idle.length > 0) idle.shift();
        else working.shift();
      }
    },
    all: () => [...idle, ...working],
  };
}

/** A file change has a line at its start and one at its end: from the one to the other the list may be written. */
function closedSpans(spans: readonly Span[]): Span[] {
  const closed: Span[] = [];
  let begun: Span | null = null;
  for (const span of spans) {
    if (span.to === null) begun ??= span;
    else {
      closed.push({ from: (begun ?? span).from, to: span.to });
      begun = null;
    }
  }
  return begun === null ? closed : [...closed, begun];
}

function namesList(path: string): boolean {
  return /(?:^|\/)task_list\.md$/.test(path);
}

function isTasks(path: string): boolean {
  return /(?:^|\/)\.autonomous\//.test(path);
}
