import { describe, expect, it } from 'vitest';
import { BroadcastQueue, retransmitLimit } from './broadcast-queue.ts';

const message = (text: string, length = text.length) => Buffer.from(text.padEnd(length, '.'));
const texts = (messages: readonly Buffer[]) => messages.map(String);

describe('retransmitLimit', () => {
  it.each([
    [3, 0, 0],
    [3, 1, 3],
    [3, 99, 6],
    [4, 100, 12],
  ])('multiplier %i, %i nodes – %i times', (mult, nodes, limit) => {
    expect(retransmitLimit(mult, nodes)).toBe(limit);
  });
});

describe('BroadcastQueue', () => {
  it('less sent, then longer, then newer – goes first', () => {
    const queue = new BroadcastQueue(10, () => 100);
    for (const text of ['old', 'new', 'longer']) queue.enqueue({ message: message(text) });
    expect(texts(queue.take(0, 9))).toEqual(['longer', 'new']);
    queue.enqueue({ message: message('fresh') });
    expect(texts(queue.take(0, 100))).toEqual(['fresh', 'old', 'longer', 'new']);
  });

  it('the same name again – replaces the older one, which is finished', () => {
    const queue = new BroadcastQueue(1, () => 1);
    const finished: string[] = [];
    for (const name of ['test', 'foo', 'bar']) {
      queue.enqueue({ name, message: message(name), onFinished: () => finished.push(name) });
    }
    expect(queue.size).toBe(3);
    queue.enqueue({ name: 'test', message: message('test2') });
    expect([queue.size, finished]).toEqual([3, ['test']]);
    expect(texts(queue.take(0, 100))).toEqual(['test2', 'bar', 'foo']);
  });

  it('without a name – nothing is replaced', () => {
    const queue = new BroadcastQueue(1, () => 1);
    for (let i = 0; i < 3; i++) queue.enqueue({ message: message('same') });
    expect(queue.size).toBe(3);
  });

  it('overhead – counts for each message', () => {
    const queue = new BroadcastQueue(3, () => 10);
    for (let i = 1; i <= 4; i++) queue.enqueue({ message: message(`${i}. this is a test`, 18) });
    expect(queue.take(2, 80)).toHaveLength(4);
    expect(queue.take(3, 80)).toHaveLength(3);
  });

  it('sent often enough – is finished and gone', () => {
    const queue = new BroadcastQueue(1, () => 10);
    let finished = 0;
    for (let i = 1; i <= 4; i++) {
      queue.enqueue({ message: message(`${i}. this is a test`, 18), onFinished: () => finished++ });
    }
    expect([1, 2, 3, 4].map(() => queue.take(3, 80).length)).toEqual([3, 3, 2, 0]);
    expect([queue.size, finished]).toEqual([0, 4]);
  });

  it('one pass – never takes a message twice', () => {
    const queue = new BroadcastQueue(10, () => 1000);
    queue.enqueue({ message: message('only') });
    expect(queue.take(0, 1000)).toHaveLength(1);
  });

  it('too long for the room – waits, and shorter ones go', () => {
    const queue = new BroadcastQueue(10, () => 100);
    queue.enqueue({ message: message('long', 200) });
    queue.enqueue({ message: message('short') });
    expect(texts(queue.take(2, 100))).toEqual(['short']);
    expect(queue.size).toBe(2);
  });

  it('prune – keeps those sent least, and finishes the others', () => {
    const queue = new BroadcastQueue(10, () => 100);
    const finished: string[] = [];
    for (const name of ['1st', '2nd'])
      queue.enqueue({ name, message: message(name), onFinished: () => finished.push(name) });
    queue.take(0, 100);
    for (const name of ['3rd', '4th'])
      queue.enqueue({ name, message: message(name), onFinished: () => finished.push(name) });
    queue.prune(2);
    expect(finished.sort()).toEqual(['1st', '2nd']);
    expect(texts(queue.take(0, 100))).toEqual(['4th', '3rd']);
    queue.clear();
    expect(queue.size).toBe(0);
  });

  it('someone who is told adds a message of the same name – nothing is lost', () => {
    const queue = new BroadcastQueue(1, () => 1);
    queue.enqueue({
      name: 'a',
      message: message('first'),
      onFinished: () => queue.enqueue({ name: 'b', message: message('new') }),
    });
    queue.enqueue({ name: 'b', message: message('other') });
    queue.take(0, 1000);
    expect(texts(queue.take(0, 1000))).toEqual(['new']);
  });
});
