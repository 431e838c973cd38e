// The title of the log: the task and its session:  build-rest-api-todo · session 4 · working · 3m 12s

import { roleWord } from '../../../core/task/task.ts';
import type { StateWord } from '../../../core/task/state.ts';
import type { TaskView } from '../../../core/task/board.ts';
import { glyphs } from '../../look/glyphs.ts';
import { isTurning, stateStyle } from '../../look/state-words.ts';
import { cutMiddle } from '../../look/text-width.ts';
import { dim, run, runsWidth, type Style, type StyleRun } from '../row.ts';
import { sessionTime } from '../tasks/task-notes.ts';

type LogTitle = {
  readonly task: TaskView | null;
  /** Its project, where there are several; null where there is one. */
  readonly project?: string | null;
  readonly width: number;
  readonly now: number;
  readonly style: Style;
};

/** At most `width` cells: parts after the name that do not fit are left out, the last first. */
export function logTitle({ task, project = null, width, now, style }: LogTitle): StyleRun[] {
  if (task === null) return [run('Log', style)];
  const runs = [run(cutMiddle(task.label, width), style)];
  const where = project === null ? [] : [run(project, dim)];
  for (const part of [...parts(task, now), ...where]) {
    const separated = [run(` ${glyphs.between} `, dim), part];
    if (runsWidth(runs) + runsWidth(separated) > width) break;
    runs.push(...separated);
  }
  return runs;
}

/** While checks run, its last session is over. */
function sessionParts(session: TaskView['session'], word: StateWord): StyleRun[] {
  if (session === null) return [];
  return word === 'checking'
    ? [run(`after session ${session.number}`)]
    : [
        run(`session ${session.number}`),
        ...(word === 'reviewing' ? [] : [run(roleWord(session.role))]),
      ];
}

function parts({ session: last, state, sandbox }: TaskView, now: number): StyleRun[] {
  const isRunning = isTurning(state.word);
  // While a run starts, its session may still be the one before.
  const session = state.word === 'starting' && last?.endedAt != null ? null : last;
  return [
    ...(sandbox === 'danger-full-access' ? [run('full access', { color: 'alarm' })] : []),
    ...(state.word === 'running' ? [] : [run(state.word, stateStyle(state.word))]),
    ...sessionParts(session, state.word),
    ...(session === null || !isRunning || state.word === 'checking'
      ? []
      : [run(sessionTime(session, now))]),
  ];
}
