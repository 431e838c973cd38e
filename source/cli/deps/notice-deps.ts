// How an open dashboard tells the user what happens, with the production deps.

import { tellOfNews } from '../../engine/tasks/terminal-notices.ts';
import type { Store } from '../../engine/tasks/store.ts';
import type { DashboardProps } from '../../components/dashboard.tsx';
import { systemClock } from '../../system/clock.ts';
import type { Configuration } from '../../system/configuration.ts';
import { claimEvent } from '../../system/notify/claims.ts';
import { noticeBytes, noticeForm } from '../../ui/terminal/notification.ts';
import type { ProjectPaths } from '../project-paths.ts';

/** Null: the user does not want it. */
export function noticesFor(
  { project, home }: ProjectPaths,
  { notices, settings }: Pick<Configuration, 'notices' | 'settings'>,
  store: Store,
): NonNullable<DashboardProps['notify']> | null {
  const form = noticeForm(notices, process.env);
  if (form === null) return null;
  const { now } = systemClock;
  let told = 0;
  return ({ isOurs, isFocused, write }) =>
    tellOfNews(
      {
        clock: systemClock,
        store,
        on: settings.notify.on,
        claim: (news) => claimEvent({ project: news.project ?? project, home, now }, news.key),
      },
      {
        isOurs,
        isFocused,
        tell: (notice) => write(noticeBytes(form, notice, `${process.pid}-${told++}`)),
      },
    );
}
