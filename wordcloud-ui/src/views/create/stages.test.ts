import { TASK_STAGES } from '@wordcloud/contracts';
import { describe, expect, it } from 'vitest';
import { STAGES, stageState } from './stages.ts';

describe('stages', () => {
  it('the stages of a task – all there, in their order', () => {
    expect(['uploading', ...TASK_STAGES]).toEqual([...STAGES, 'done']);
  });

  it('stageState – before, at and after the current one', () => {
    expect(STAGES.map((stage) => stageState(stage, 'segmenting'))).toEqual([
      ...['done', 'done', 'done', 'now', 'next', 'next', 'next'],
    ]);
    expect(STAGES.every((stage) => stageState(stage, 'done') === 'done')).toBe(true);
  });
});
