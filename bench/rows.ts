// Every row of the benchmark, in the order in which they are measured.

import { frameRows } from './rows/frame-rows.ts';
import { listRows } from './rows/list-rows.ts';
import { memoryRows } from './rows/memory-rows.ts';
import { logRows } from './rows/log-rows.ts';
import { refreshRows } from './rows/refresh-rows.ts';
import { runnerRows } from './rows/runner-rows.ts';
import { screenRows } from './rows/screen-rows.ts';
import type { Row } from './lib/row.ts';

export const rows: readonly Row[] = [
  ...frameRows,
  ...refreshRows,
  ...listRows,
  ...screenRows,
  ...runnerRows,
  ...memoryRows,
  ...logRows,
];
