import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { frugalNodeArguments } from '../../../source/system/process/small-heap.ts';

describe('Node, started frugally', () => {
  it('starts, and loads modules in TypeScript that NODE_OPTIONS may name', () => {
    const program = 'const word: string = "alive"; console.log(word)';
    const args = [...frugalNodeArguments(), '--input-type=module-typescript', '-e', program];
    expect(frugalNodeArguments()).not.toEqual([]);
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('alive\n');
  });

  it('is told nothing that a V8 of later days might not know', () => {
    expect(frugalNodeArguments('14.6.202.34-node.32')).not.toEqual([]);
    expect(frugalNodeArguments('15.0.1')).toEqual([]);
  });
});
