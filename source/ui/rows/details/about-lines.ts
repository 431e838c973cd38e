// The About page of a task: its description, directory, settings and cost.

import type { TaskView } from '../../../core/task/board.ts';
import { percentDone } from '../../../core/checklist/checklist.ts';
import { stepPaceMs } from '../../../core/checklist/eta.ts';
import type { StateWord } from '../../../core/task/state.ts';
import type { TaskDetails } from '../../../core/task/details.ts';
import { branchWords } from '../../../core/worktree/task-branch.ts';
import { counted } from '../../../core/report/needs.ts';
import { reviewWords } from '../../../core/report/reviews.ts';
import { mostRounds } from '../../../core/review/review.ts';
import { spentWords } from '../../../core/limits/limits.ts';
import { glyphs } from '../../look/glyphs.ts';
import { stateReason, stateStyle } from '../../look/state-words.ts';
import { wrapText } from '../../look/text-wrap.ts';
import type { DetailLine } from './detail-line.ts';
import { elapsed, moment, tokens } from '../../../core/text/numbers.ts';
import { dim, plain, run, type Style } from '../row.ts';
import { sparkline } from '../sparkline.ts';
import type { LineContext } from './step-lines.ts';

export function aboutLines(details: TaskDetails, context: LineContext): DetailLine[] {
  const { task, width, now } = context;
  const { word } = task.state;
  const reason = stateReason(task, now);
  const fields: readonly (readonly [string, string, Style?])[] = [
    ['Name', task.label],
    ['State', stateText(word, reason), stateStyle(word)],
    [
      'Steps',
      task.total === 0 ? 'none yet' : `${task.done} of ${task.total} (${percentDone(task)}%)`,
    ],
    ['Pace', paceWords(details)],
    ...activityField(task),
    ['Tokens', tokenWords(task)],
    ...reviewFields(task, details),
    ...budgetField(details, now),
    ['Directory', details.directory],
    ...branchFields(task),
    ['Conversation', task.threadId ?? 'none yet'],
    ['Run', runWords(details, now)],
    ...(details.options.length === 0
      ? []
      : [['Started with', details.options.join(` ${glyphs.between} `)] as const]),
    ...lastUsedField(details),
    ['Sandbox', details.run?.sandbox ?? 'none yet', sandboxStyle(details)],
  ];
  return [
    ...descriptionLines(details, width),
    ...guidanceLines(details, context),
    ...fields.flatMap(([name, text, style = plain]) =>
      wrapText(text, Math.max(1, width - nameWidth)).map((line, index) => ({
        left: [run((index === 0 ? name : '').padEnd(nameWidth), dim), run(line, style)],
      })),
    ),
  ];
}

/** Some reasons begin with the word: `waiting for docs-site`. */
function stateText(word: StateWord, reason: string | null): string {
  if (reason === null) return word;
  return reason.startsWith(word) ? reason : `${word}: ${reason}`;
}

/** `Conversation` and its gap. */
const nameWidth = 14;

function descriptionLines({ description }: TaskDetails, width: number): DetailLine[] {
  if (description === null) return [];
  const lines = wrapText(description.replaceAll('\t', '    '), Math.max(1, width));
  return [...lines.map((line) => ({ left: [run(line)] })), { left: [] }];
}

/** Longest of one piece, in lines: the whole of it is in the log. */
const mostLines = 6;

function guidanceLines({ guidance = [] }: TaskDetails, { width, now }: LineContext): DetailLine[] {
  return guidance.toReversed().flatMap(({ text, when, about, told }) => {
    const words =
      told !== null
        ? `told at ${moment(told.at, now)} (session ${told.session})`
        : when === 'now'
          ? 'waiting, for now'
          : 'waiting';
    const all = wrapText(text, Math.max(1, width - 2));
    const shown = all.length > mostLines ? [...all.slice(0, mostLines - 1), '…'] : all;
    const what = about === undefined ? 'You said  ' : 'You edited  ';
    return [
      { left: [run(what, dim), run(words, told === null ? { color: 'waiting' } : dim)] },
      ...shown.map((line) => ({ left: [run(`  ${line}`)] })),
      { left: [] },
    ];
  });
}

function paceWords({ ticks }: TaskDetails): string {
  const pace = stepPaceMs(ticks);
  return pace === null ? 'shown after three steps' : `${elapsed(pace)} per step`;
}

/** For a running session, as soon as it has enough minutes. */
function activityField({ activity }: TaskView): readonly (readonly [string, string])[] {
  const bars = sparkline(activity, activity.length).map(({ text }) => text);
  return bars.length === 0 ? [] : [['Activity', `${bars.join('')} ${glyphs.between} per minute`]];
}

/** Below the tokens, of which those of the Reviewers are a part. */
function reviewFields(
  { state }: TaskView,
  { review }: TaskDetails,
): readonly (readonly [string, string])[] {
  if (review == null) return [];
  const { round, rejected, findings, reviews } = review;
  const [words, cost] = reviewWords(reviews);
  const parts = [
    words,
    ...(rejected === 0 ? [] : [`${rejected} of at most ${mostRounds} rejections`]),
    ...(findings === 0 ? [] : [`${counted(findings, 'finding')} in the last one`]),
    ...(state.word === 'reviewing' ? [`round ${round + 1} is under way`] : []),
  ];
  return [
    ['Review', parts.join(` ${glyphs.between} `)],
    ...(cost === null ? [] : [['', cost] as const]),
  ];
}

/** A run that has ended counts no more. */
function budgetField({ budget }: TaskDetails, now: number): readonly (readonly [string, string])[] {
  if (budget === undefined) return [];
  const words = spentWords(budget.limits, budget.spent, now);
  return words === '' ? [] : [['Budget', words]];
}

function branchFields({ branch }: TaskView): readonly (readonly [string, string])[] {
  if (branch === null) return [];
  return [
    ['Branch', branchWords(branch)],
    ['Worktree', branch.path],
  ];
}

function tokenWords({ usage, done }: TaskView): string {
  if (usage === null) return 'none yet';
  const { inputTokens, cachedInputTokens, outputTokens } = usage;
  const parts = [
    `${tokens(inputTokens)} in (${tokens(cachedInputTokens)} cached)`,
    `${tokens(outputTokens)} out`,
    ...(done > 0 ? [`${tokens((inputTokens + outputTokens) / done)} per step`] : []),
  ];
  return parts.join(` ${glyphs.between} `);
}

function lastUsedField({ lastUsed }: TaskDetails): readonly (readonly [string, string])[] {
  if (lastUsed == null) return [];
  const { session, model, profile } = lastUsed;
  const words = [
    model === null ? 'model not known' : `model ${model}`,
    ...(profile === undefined ? [] : [profile === null ? 'no profile' : `profile ${profile}`]),
  ];
  return [['Last used', `${words.join(', ')} (session ${session})`]];
}

function runWords({ run: last }: TaskDetails, now: number): string {
  if (last === null) return 'none yet';
  const of = last.maxSessions === null ? '' : ` of max. ${last.maxSessions}`;
  const word = (last.maxSessions ?? last.sessions) === 1 ? 'session' : 'sessions';
  const ends = last.autoContinue ? '' : ', stops after one';
  const until = last.until == null ? '' : `, until ${moment(last.until, now)}`;
  return `started ${moment(last.startedAt, now)}, ${last.sessions}${of} ${word}${ends}${until}`;
}

function sandboxStyle({ run: last }: TaskDetails): Style {
  return last?.sandbox === 'danger-full-access' ? { color: 'alarm' } : plain;
}
