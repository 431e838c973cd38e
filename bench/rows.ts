// Every row of the benchmark, in the order of measurement.

import { appendRows } from './rows/append-rows.ts';
import { besideTwentyRows } from './rows/beside-twenty-rows.ts';
import { checkpointRows } from './rows/checkpoint-rows.ts';
import { changesRows } from './rows/changes-rows.ts';
import { costRows } from './rows/cost-rows.ts';
import { delayRows } from './rows/delay-rows.ts';
import { frameRows } from './rows/frame-rows.ts';
import { hubRows } from './rows/hub-rows.ts';
import { listRows } from './rows/list-rows.ts';
import { logRows } from './rows/log-rows.ts';
import { memoryRows } from './rows/memory-rows.ts';
import { refreshRows } from './rows/refresh-rows.ts';
import { runnerRows } from './rows/runner-rows.ts';
import { stageRows } from './rows/stage-rows.ts';
import { startRows } from './rows/start-rows.ts';
import { wardenRows } from './rows/warden-rows.ts';
import type { Row } from './lib/row.ts';

export const rows: readonly Row[] = [
  ...frameRows,
  ...refreshRows,
  ...listRows,
  ...startRows,
  ...costRows,
  ...delayRows,
  ...hubRows,
  ...runnerRows,
  ...wardenRows,
  ...stageRows,
  ...checkpointRows,
  ...changesRows,
  ...memoryRows,
  ...logRows,
  ...appendRows,
  ...besideTwentyRows,
];
