// Small predicates that several decisions share.

import type { ListLook, Run } from './run.ts';

export function hasSteps(list: ListLook): boolean {
  return list.kind === 'read' && list.total > 0;
}

export function sessionsUsedUp({ settings, sessionsStarted }: Run): boolean {
  return settings.maxSessions !== null && sessionsStarted >= settings.maxSessions;
}
