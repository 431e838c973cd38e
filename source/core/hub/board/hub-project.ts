// The project of a task of a hub, as the screen and the list head its tasks.

import type { ProjectView } from '../../task/project-view.ts';
import type { TaskPlace } from '../../task/task-key.ts';
import { safeLine } from '../../text/safe-text.ts';

/** `/home/ann/shop (from laptop)`: where its tasks were given, and not where they are worked on. */
export function hubProject({ host, project = '' }: TaskPlace): ProjectView {
  const place = { ...(host === undefined ? {} : { host }), project };
  const label = `${safeLine(project, 200)} (from ${safeLine(host ?? '', 63)})`;
  return { ...place, label, problem: null, takesNew: false };
}
