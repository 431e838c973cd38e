// What a notification by the terminal says.
//
//   shop needs you                 3 tasks need you, 1 is done
//   Codex is not logged in: run    shop, docs, blog, api - work
//   codex login - work

import { cleanLine } from '../text/clean.ts';
import type { BoardNews } from './board-news.ts';
import type { NotifyEvent } from './events.ts';

/** One line each, safe to print. */
export type Notice = { title: string; body: string };

const longestTitle = 80;
const longestBody = 200;
const longestProject = 60;
const longestLabel = 40;

export function noticeOf({ event, label, sentence }: BoardNews, project: string): Notice {
  const task = cleanLine(label, { maxLength: longestLabel });
  return bounded(`${task} ${words[event][0]}`, sentence, project);
}

/** Many at once are one. */
export function noticeOfAll(news: readonly BoardNews[], project: string): Notice {
  const counts = new Map<NotifyEvent, number>();
  for (const { event } of news) counts.set(event, (counts.get(event) ?? 0) + 1);
  const title = [...counts].map(([event, count], index) => {
    const noun = index > 0 ? '' : count === 1 ? ' task' : ' tasks';
    return `${count}${noun} ${words[event][count === 1 ? 0 : 1]}`;
  });
  const labels = new Set(news.map(({ label }) => cleanLine(label, { maxLength: longestLabel })));
  return bounded(title.join(', '), [...labels].join(', '), project);
}

/** Of one task, and of several. */
const words: Readonly<Record<NotifyEvent, readonly [string, string]>> = {
  'needs you': ['needs you', 'need you'],
  done: ['is done', 'are done'],
  failed: ['has failed', 'have failed'],
  baseline: ['has a failing check before work began', 'have failing checks before work began'],
  check: ['has a failing check', 'have failing checks'],
  limit: ['waits for the usage limit', 'wait for the usage limit'],
  budget: ['has spent its budget', 'have spent their budgets'],
};

function bounded(title: string, text: string, project: string): Notice {
  // A long path would be cut at its end, which says most.
  const where = cleanLine(project.split('/').at(-1) || project, { maxLength: longestProject });
  const what = cleanLine(text, { maxLength: longestBody - longestProject });
  return { title: cleanLine(title, { maxLength: longestTitle }), body: `${what} - ${where}` };
}
