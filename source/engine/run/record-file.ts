// run.json of one run. Written only when its content changes.

import { isDiskFull, isHubFull } from '../../core/run/disk-full.ts';
import type { RunRecord } from '../../core/run/record.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { Claim } from '../coordination/coordination.ts';

/** `sentence` says why; `isFull` if only space is missing, here or at the hub. */
type Unwritten = { sentence: string; isFull: boolean };

type RunFile = {
  /** Null when the record is on disk, else why it is not. */
  write(record: RunRecord): Promise<Unwritten | null>;
};

/** `makeAgain`: called if the state directory is gone; true if it is there again. */
export function runFile(claim: Pick<Claim, 'record'>, makeAgain: () => Promise<boolean>): RunFile {
  let written = '';
  const writeRecord = async (record: RunRecord): Promise<void> => {
    try {
      await claim.record(record);
    } catch (error) {
      if (!isMissing(error) || !(await makeAgain())) throw error;
      await claim.record(record);
    }
  };
  return {
    write: async (record) => {
      const text = JSON.stringify(record);
      if (text === written) return null;
      try {
        await writeRecord(record);
        written = text;
        return null;
      } catch (error) {
        const sentence = `The state of the run cannot be written: ${errorMessage(error)}`;
        return { sentence, isFull: isDiskFull(error) || isHubFull(error) };
      }
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
