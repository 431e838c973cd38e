// The record of a take-over whose user is still in the conversation.

import type { TakeOver } from '../../source/core/take-over/take-over.ts';

export const openTakeOver: TakeOver = {
  uuid: '550e8400-e29b-41d4-a716-446655440000',
  threadId: '550e8400-e29b-41d4-a716-446655440001',
  pid: 123,
  startedAt: 1,
  before: null,
  tree: null,
  ended: null,
};
