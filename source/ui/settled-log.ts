// What no longer holds of the way one looks at a log is put right here.

import { withFirstMatch } from './log-actions.ts';
import { settledPlace } from './log-scroll.ts';
import { logViewOf, type LogView } from './log-view.ts';
import type { LogPane } from './rows/log-rows.ts';

/** The same as long as what it hangs on is there, else the place where that was. */
export function settledLog(pane: LogPane): LogView {
  const found = withFirstMatch(pane);
  const settled = settledPlace(found === null ? pane : { ...pane, ...found });
  const view = logViewOf(found === null ? pane : { ...pane, ...found });
  return { ...view, ...settled };
}
