import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { frugalNodeArguments } from '../../../source/system/process/small-heap.ts';

describe('Node with the frugal arguments', () => {
  it('starts, and loads TypeScript modules that NODE_OPTIONS names', () => {
    const program = 'const word: string = "alive"; console.log(word)';
    const args = [...frugalNodeArguments(), '--input-type=module-typescript', '-e', program];
    expect(frugalNodeArguments()).not.toEqual([]);
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('alive\n');
  });

  it('gets no flags that a later V8 might not know', () => {
    expect(frugalNodeArguments('14.6.202.34-node.32')).not.toEqual([]);
    expect(frugalNodeArguments('15.0.1')).toEqual([]);
  });
});
