// Every kind of entry as lines: its glyph, its right edge, what is folded. A new kind is a compile error here. The test
// of entry-rows.ts draws each kind.

import { reasonIn } from '../../../core/failure/error-line.ts';
import type { FileChange } from '../../../core/codex/log-event.ts';
import type { Entry, EntryBody } from '../../../core/log/entry.ts';
import { toldHeading } from '../../../core/guidance/log-entry.ts';
import { checkEnd } from '../../../core/check/log-entry.ts';
import { retryText } from '../../../core/log/entry-text.ts';
import { glyphs } from '../../look/glyphs.ts';
import { cutFront, textWidth } from '../../look/text-width.ts';
import { longLines, textLines, workRuns, type EntryContext, type EntryLine } from './entry-line.ts';
import { foldedLines } from './folded-lines.ts';
import { loggedFile, type FilePlaces } from '../file-place.ts';
import { joined, type List } from '../lazy-list.ts';
import { markdownLines } from '../markdown-runs.ts';
import { sessionHeading } from './session-lines.ts';
import { dim, run, runsWidth, type StyleRun } from '../row.ts';

export function entryLines(entry: Entry, context: EntryContext): List<EntryLine> {
  const { body } = entry;
  const { width } = context;
  switch (body.kind) {
    case 'message':
      return markdownLines(body.text, width).map((left) => ({ left }));
    case 'reasoning':
      return reasoningLines(body.text, context);
    case 'command': {
      const { exitCode } = body;
      // Failed without an exit code: the end of the command was not seen.
      const failure = exitCode === null ? 'interrupted' : `exit ${exitCode}`;
      return commandLines(entry, { ...body, sign: '$ ', failure }, context);
    }
    case 'check':
      return checkLines(entry, body, context);
    case 'file-changes':
      return fileLines(entry, body, context);
    case 'tool-call':
      return joined(
        headed(
          [run(`${body.server}.${body.tool}`), run(`(${firstLine(body.arguments)})`, dim)],
          workRuns(
            { ...entry, ...body, failure: body.answer === null ? 'interrupted' : null },
            context,
          ),
        ),
        foldedLines(body.answer ?? '', { ...context, keep: 'first' }),
      );
    case 'sub-agent':
      return joined(
        [
          ...headed(
            [run(`${glyphs.subAgent} `, dim), run(`sub-agent: ${firstLine(body.prompt)}`)],
            workRuns({ ...entry, ...body }, context),
          ),
          ...(context.isOpened ? textLines(body.prompt, dim, width) : []),
        ],
        foldedLines(body.states, { ...context, keep: 'first' }),
      );
    case 'search':
      return signed([run(`${glyphs.search} `, dim)], textLines(body.query, {}, width - 2));
    case 'to-dos':
      return body.items.flatMap(({ text, completed }) =>
        signed(
          [run(`${completed ? glyphs.toDoDone : glyphs.toDoOpen} `, dim)],
          textLines(text, completed ? dim : {}, width - 2),
        ),
      );
    case 'warning':
      return signed(
        [run(`${glyphs.warning} `, { color: 'waiting' })],
        textLines(body.message, { color: 'waiting' }, width - 2),
      );
    case 'error':
      return signed(
        [run(`${glyphs.failed} `, { color: 'failed' })],
        textLines(body.message, { color: 'failed' }, width - 2),
      );
    case 'taken-over':
      return signed([run(`${glyphs.between} `, dim)], textLines(body.message, {}, width - 2));
    case 'told':
      return toldLines(body, context);
    case 'retry':
      return [{ left: [run(retryText(body), dim)] }];
    case 'session':
      return [{ left: sessionHeading(body, width) }];
    case 'stderr':
    case 'noise':
      // Of a failed start the line that says why, not the end of the backtrace behind it.
      return foldedLines(body.text, {
        ...context,
        keep: 'last',
        sign: '',
        upTo: reasonIn(body.text)?.line,
      });
    case 'raw':
      return longLines(body.text, dim, width);
    case 'unknown': {
      const text = `${body.name} ${body.json}`;
      return context.isOpened
        ? longLines(text, dim, width)
        : [{ left: [run(firstLine(text), dim)] }];
    }
    default:
      return body satisfies never;
  }
}

type Body<Kind extends EntryBody['kind']> = Extract<EntryBody, { kind: Kind }>;

function reasoningLines(text: string, { width, isOpened }: EntryContext): EntryLine[] {
  // Codex starts its reasoning with a bold heading; in dim italics, its stars are only noise.
  const words = text.replaceAll('**', '').trim();
  const style = { dim: true, italic: true } as const;
  return isOpened ? textLines(words, style, width) : [{ left: [run(firstLine(words), style)] }];
}

/** Quiet, but for the user's words. */
function toldLines(
  { session, texts }: Body<'told'>,
  { width, isOpened }: EntryContext,
): EntryLine[] {
  const said = texts.flatMap((text) => {
    const words = isOpened ? text : firstLine(text);
    return signed([run(`${glyphs.told} `, { color: 'accent' })], textLines(words, {}, width - 2));
  });
  return [{ left: [run(toldHeading(session), dim)] }, ...said];
}

/** Its line was written at its end. */
function checkLines(entry: Entry, body: Body<'check'>, context: EntryContext): List<EntryLine> {
  const status = body.outcome === 'passed' ? 'completed' : 'failed';
  const times = { startedAt: 0, endedAt: body.durationMs };
  const shown = { ...body, colours: [], sign: 'check ', status, failure: checkEnd(body) } as const;
  return commandLines({ ...entry, ...times }, shown, context);
}

type Command = Pick<Body<'command'>, 'command' | 'output' | 'colours' | 'status'> & {
  sign: string;
  failure: string;
};

function commandLines(entry: Entry, body: Command, context: EntryContext): List<EntryLine> {
  const { command, status, sign, failure } = body;
  const state = workRuns({ ...entry, status, failure }, context);
  const head = headed([run(sign, dim), run(firstLine(command))], state);
  // The state is on the first line, so the text is wrapped to leave space for it: opened, nothing may be cut.
  const room = context.width - sign.length - (runsWidth(state) + 2);
  const whole = () =>
    signed([run(sign, dim)], textLines(command, {}, Math.max(1, room))).map((line, index) =>
      index === 0 ? { ...line, right: state } : line,
    );
  const isCut = command.includes('\n') || textWidth(command) + sign.length + 12 > context.width;
  return joined(
    context.isOpened && isCut ? whole() : head,
    foldedLines(body.output, { ...context, keep: 'last', colours: body.colours }),
  );
}

const foldedFileLines = 3;
/** `  +500` */
const hiddenRoom = 6;

/** `✎ src/todo.ts  + src/new.ts  − src/old.ts`, as many per line as fit. */
function fileLines(entry: Entry, body: Body<'file-changes'>, context: EntryContext): EntryLine[] {
  const right =
    body.status === 'completed' ? [] : workRuns({ ...entry, status: body.status }, context);
  const room = context.width - 2 - (right.length === 0 ? 0 : 14);
  // Only the first line has the state: in the last one, its space holds the `+500`.
  const roomForRest = right.length === 0 ? room - hiddenRoom : room;
  const most = context.isOpened ? Infinity : foldedFileLines;
  const lines: StyleRun[][] = [];
  let used = Infinity;
  let seen = 0;
  for (const change of body.changes) {
    const last = lines.at(-1);
    // The last possible line says how many more files there are.
    const isFollowed = seen + 1 < body.changes.length;
    const roomIn = (line: number) => (line === most && isFollowed ? roomForRest : room);
    const file = fileRuns(change, context, roomIn(lines.length + 1));
    const beside = used + 2 + runsWidth(file);
    if (last !== undefined && beside <= roomIn(lines.length)) {
      last.push(run('  '), ...file);
      used = beside;
    } else if (lines.length < most) {
      lines.push(file);
      used = runsWidth(file);
    } else break;
    seen++;
  }
  const hidden = body.changes.length - seen;
  if (hidden > 0) lines.at(-1)?.push(run(`  +${hidden}`, dim));
  return lines.map((file, index) => ({
    left: [run(index === 0 ? `${glyphs.files} ` : '  ', dim), ...file],
    ...(index === 0 && right.length > 0 ? { right } : {}),
  }));
}

function fileRuns({ path, change }: FileChange, places: FilePlaces, room: number): StyleRun[] {
  const { shown, link } = loggedFile(path, places);
  switch (change) {
    case 'update':
      return [run(cutFront(shown, room), { link })];
    case 'add':
      return [run(`${glyphs.added} `, dim), run(cutFront(shown, room - 2), { link })];
    case 'delete':
      return [run(`${glyphs.deleted} `, dim), run(cutFront(shown, room - 2))];
    default:
      return change satisfies never;
  }
}

function headed(left: StyleRun[], right: StyleRun[]): EntryLine[] {
  return [{ left, right }];
}

/** A glyph before the first line; the other lines are indented to its text. */
function signed(sign: StyleRun[], lines: EntryLine[]): EntryLine[] {
  return lines.map((line, index) => ({
    ...line,
    left: [...(index === 0 ? sign : [run('  ')]), ...line.left],
  }));
}

function firstLine(text: string): string {
  const [first = '', ...others] = text.trim().split('\n', 2);
  return (others.length === 0 ? first : `${first} …`).replaceAll('\t', ' ');
}
