import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../simulation/virtual-clock.ts';
import { Acknowledgements } from './acknowledgements.ts';

function waitFor(seqNo: number, ms: number) {
  const clock = new VirtualClock();
  const acknowledgements = new Acknowledgements(clock);
  const seen: string[] = [];
  acknowledgements.expect(
    seqNo,
    {
      onAck: ({ payload }) => seen.push(`ack ${payload && Buffer.from(payload)}`),
      onNack: () => seen.push('nack'),
      onExpired: () => seen.push('expired'),
    },
    ms,
  );
  return { clock, acknowledgements, seen };
}

describe('Acknowledgements', () => {
  it('numbers – from 1 up, and after the largest from 1 again', () => {
    const acknowledgements = new Acknowledgements(new VirtualClock());
    expect([acknowledgements.next(), acknowledgements.next()]).toEqual([1, 2]);
    const last = new Acknowledgements(new VirtualClock(), 0xffff_fffe);
    expect([last.next(), last.next()]).toEqual([0xffff_ffff, 1]);
  });

  it('an answer – comes once; after the time is over it does not', () => {
    const { clock, acknowledgements, seen } = waitFor(7, 100);
    acknowledgements.ack({ seqNo: 8, payload: null });
    acknowledgements.ack({ seqNo: 7, payload: Buffer.from('hi') });
    acknowledgements.ack({ seqNo: 7, payload: null });
    clock.advance(1_000);
    expect(seen).toEqual(['ack hi']);
    const late = waitFor(7, 100);
    late.clock.advance(100);
    late.acknowledgements.ack({ seqNo: 7, payload: null });
    expect(late.seen).toEqual(['expired']);
  });

  it('a nack – is told, and the answer may still come', () => {
    const { acknowledgements, seen } = waitFor(7, 100);
    acknowledgements.nack(7);
    acknowledgements.nack(7);
    acknowledgements.nack(8);
    acknowledgements.ack({ seqNo: 7, payload: null });
    expect(seen).toEqual(['nack', 'nack', 'ack null']);
  });

  it('cleared – nothing waits any more', () => {
    const { clock, acknowledgements, seen } = waitFor(7, 100);
    acknowledgements.clear();
    acknowledgements.ack({ seqNo: 7, payload: null });
    clock.advance(1_000);
    expect([seen, clock.pending]).toEqual([[], 0]);
  });
});
