// The page with the report. It is there at once, and says that it reads until the facts are there.

import type { ProjectReport } from '../../core/report/project-report.ts';

export type ReportDialog = {
  readonly kind: 'report';
  /** Null while it is read. */
  readonly report: ProjectReport | null;
  /** Index of the first line in view. */
  readonly top: number;
};

export const unreadReport: ReportDialog = { kind: 'report', report: null, top: 0 };
