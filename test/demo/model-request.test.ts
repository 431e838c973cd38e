import { expect, test } from 'vitest';
import { readModelRequest } from '../../source/demo/model-request.ts';

const surroundings = user('<environment_context>\n  <cwd>/home/user</cwd>\n</environment_context>');

test('the prompt is the newest message that the user wrote', () => {
  const request = read([
    developer('You are Codex'),
    surroundings,
    user('one'),
    said('done'),
    user('two'),
  ]);
  expect(request).toMatchObject({ prompt: 'two', turn: 2, toolOutputs: [] });
  expect(request.userMessages).toContain('one');
  expect(request.userMessages).not.toContain('two');
});

test('a message that Codex sends in the role of the user is not a prompt', () => {
  const aborted = user('<turn_aborted>\nThe user interrupted the previous turn on purpose.');
  const rules = user('# AGENTS.md instructions for /home/user\n\nBe kind.');
  expect(read([rules, surroundings, user('one'), aborted])).toMatchObject({
    prompt: 'one',
    turn: 1,
  });
  expect(read([surroundings])).toMatchObject({ prompt: '', turn: 0 });
});

test('only tool outputs since the prompt count', () => {
  const request = read([
    user('one'),
    output('function_call_output', 'Process exited with code 0\nOutput:\nold'),
    user('two'),
    output('function_call_output', 'Process exited with code 0\nOutput:\nnew'),
    { type: 'reasoning', summary: [] },
    output('custom_tool_call_output', 'Exit code: 0\nOutput:\nSuccess.'),
  ]);
  expect(request.toolOutputs.map((each) => each.failed)).toEqual([false, false]);
  expect(request.toolOutputs[0]?.text).toContain('new');
});

test.each([
  ['Chunk ID: ea1f00\nProcess exited with code 2\nOutput:\nno such file', true],
  ['Process exited with code 0\nOutput:\nProcess exited with code 1', false],
  ['Exit code: 1\nWall time: 0.1 seconds\nOutput:\nbwrap: no', true],
  ['apply_patch verification failed: Failed to read file to update', true],
  ['unsupported call: update_plan', true],
  ['Process running with session ID 4\nOutput:\nstill failed to finish', false],
])('the output %j says whether the tool failed', (text, failed) => {
  expect(read([user('go'), output('function_call_output', text)]).toolOutputs).toEqual([
    { text, failed },
  ]);
});

test('a body that is not a JSON object is not a request', () => {
  expect(readModelRequest('[]')).toBeNull();
  expect(readModelRequest('{')).toBeNull();
  expect(readModelRequest('{"input":[1,null,{"type":5}]}')).toMatchObject({ prompt: '' });
});

function read(input: object[]): NonNullable<ReturnType<typeof readModelRequest>> {
  return readModelRequest(JSON.stringify({ input }))!;
}

function user(text: string): object {
  return { type: 'message', role: 'user', content: [{ type: 'input_text', text }] };
}

function developer(text: string): object {
  return { type: 'message', role: 'developer', content: [{ type: 'input_text', text }] };
}

function said(text: string): object {
  return { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] };
}

function output(type: string, text: string): object {
  return { type, call_id: 'call_1', output: text };
}
