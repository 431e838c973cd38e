// The title above the details. Focused, it shows the names of all pages; otherwise a summary of the current page:
//
//   Steps ─ 12 of 25 · about 42 min left
//   Steps  Sessions  Notes  About

import { keyOf } from '../../../core/task/task-key.ts';
import { timeLeftMs } from '../../../core/checklist/eta.ts';
import type { SessionSummary } from '../../../core/log/session-summary.ts';
import { detailsPages, pageTitles } from '../../view/details-page.ts';
import { glyphs } from '../../look/glyphs.ts';
import { cutMiddle, textWidth } from '../../look/text-width.ts';
import type { DetailsPane } from './details-rows.ts';
import { tokens } from '../../../core/text/numbers.ts';
import { dim, plain, run, runsWidth, type StyleRun } from '../row.ts';

export function detailsTitle(pane: DetailsPane, width: number): StyleRun[] {
  const facts = factsOf(pane);
  const title = pane.isAlone && pane.task !== null ? namedTitle(pane, width) : titleOf(pane);
  const whole = facts === '' ? title : [...title, run(' ─ ', dim), run(facts, dim)];
  return runsWidth(whole) <= width ? whole : title;
}

const accent = { color: 'accent', bold: true } as const;

function titleOf({ isFocused, page }: DetailsPane): StyleRun[] {
  if (!isFocused) return [run(pageTitles[page], plain)];
  return detailsPages.flatMap((one, index) => [
    run(index === 0 ? '' : '  '),
    run(pageTitles[one], one === page ? accent : dim),
  ]);
}

/** `build-rest…-todo · Steps`, with the names of the other pages if there is room. */
function namedTitle(pane: DetailsPane, width: number): StyleRun[] {
  const label = pane.task?.label ?? '';
  const separator = run(` ${glyphs.between} `, dim);
  const all = titleOf(pane);
  if (textWidth(label) + 3 + runsWidth(all) <= width)
    return [run(label, accent), separator, ...all];
  const page = pageTitles[pane.page];
  return [
    run(cutMiddle(label, Math.max(1, width - page.length - 3)), accent),
    separator,
    run(page),
  ];
}

function factsOf({ page, task, details, sessions }: DetailsPane): string {
  if (task === null || details?.task !== keyOf(task)) return '';
  switch (page) {
    case 'steps': {
      if (task.total === 0) return '';
      const left = timeLeftMs(details.ticks, task.total - task.done);
      const time = left === null ? '' : ` ${glyphs.between} ${roughTime(left)} left`;
      return `${task.done} of ${task.total}${time}`;
    }
    case 'sessions':
      return sessions === null ? '' : sessionFacts(sessions);
    case 'notes':
      return 'progress.md';
    case 'about':
      return '';
    default:
      return page satisfies never;
  }
}

/** `4 · 1.2M tokens`: says what the numbers below are, because their column may have no room for the word. */
function sessionFacts(sessions: readonly SessionSummary[]): string {
  const count = sessions.reduce(
    (sum, { cost }) => sum + (cost === null ? 0 : cost.inputTokens + cost.outputTokens),
    0,
  );
  return count === 0
    ? String(sessions.length)
    : `${sessions.length} ${glyphs.between} ${tokens(count)} tokens`;
}

const minuteMs = 60_000;

/** `about 42 min`, `about 3 h`: no more exact than the estimate is. */
function roughTime(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / minuteMs));
  if (minutes < 90) return `about ${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `about ${hours} h` : `about ${Math.round(hours / 24)} days`;
}
