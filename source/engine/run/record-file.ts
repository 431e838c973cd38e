// run.json of one run, written whenever it would say something new.

import { isDiskFull } from '../../core/run/disk-full.ts';
import type { RunRecord } from '../../core/run/record.ts';
import { said } from '../../core/text/error-message.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';

/** `sentence` is one; `isFull` where all that is missing is room. */
export type Unwritten = { sentence: string; isFull: boolean };

export type RunFile = {
  /** Null when the record stands on disk, else why it does not. */
  write(record: RunRecord): Promise<Unwritten | null>;
};

export function runFile(state: Pick<StateDirectory, 'writeRecord'>): RunFile {
  let written = '';
  return {
    write: async (record) => {
      const text = JSON.stringify(record);
      if (text === written) return null;
      try {
        await state.writeRecord(record);
        written = text;
        return null;
      } catch (error) {
        const sentence = `The state of the run can't be written: ${said(error)}`;
        return { sentence, isFull: isDiskFull(error) };
      }
    },
  };
}
