import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../src/config.ts';
import { createRandom, SimulatedNetwork, VirtualClock } from '../src/simulation/index.ts';
import { exchange } from '../src/transport/exchange.ts';
import { encodeAck, encodeError, encodePing } from '../src/wire/messages.ts';

/** Dials someone who answers with these bytes, or closes, or says nothing. */
async function dial(answer: Buffer | 'close' | 'silence' | 'nobody') {
  const clock = new VirtualClock();
  const network = new SimulatedNetwork(clock, createRandom(1));
  const handlers = { onPacket() {}, onConnection() {}, onSendError() {} };
  const config = resolveConfig({ name: 'me', clock, compression: false });
  const transport = await network.host().transport({ address: '10.0.0.1', port: 1 }, handlers);
  if (answer !== 'nobody') {
    await network.host().transport(
      { address: '10.0.0.2', port: 1 },
      {
        ...handlers,
        onConnection(connection) {
          connection.listen({ onData() {}, onClose() {} });
          if (typeof answer !== 'string') connection.write(answer);
          if (answer !== 'silence') connection.end();
        },
      },
    );
  }
  const outcomes: string[] = [];
  const running = exchange(
    { config, transport },
    { address: '10.0.0.2', port: 1 },
    encodePing({ seqNo: 1, node: 'x' }),
    100,
    (error, reply) => {
      outcomes.push(
        error
          ? `${(error as { code?: string }).code}`
          : JSON.stringify({ kind: reply!.kind, ...(reply!.kind === 'ack' && { seqNo: reply!.seqNo }) }),
      );
    },
  );
  return { clock, outcomes, running };
}

describe('an exchange over a connection', () => {
  it.each([
    ['the right answer', encodeAck({ seqNo: 1, payload: null }), '{"kind":"ack","seqNo":1}'],
    ['an answer to something else', encodeAck({ seqNo: 9, payload: null }), '{"kind":"ack","seqNo":9}'],
    ['an error', encodeError({ error: 'no' }), '{"kind":"error"}'],
    ['what is no answer', encodePing({ seqNo: 1, node: 'x' }), '{"kind":"ping"}'],
    ['what cannot be read', Buffer.from('ffff', 'hex'), 'BAD_REPLY'],
    ['half of an answer', encodeAck({ seqNo: 1, payload: Buffer.alloc(50) }).subarray(0, 20), 'NO_ANSWER'],
    ['closing', 'close', 'NO_ANSWER'],
    ['silence', 'silence', 'TIMEOUT'],
    ['nobody there', 'nobody', 'UNREACHABLE'],
  ] as const)('%s – %s', async (_, answer, outcome) => {
    const { clock, outcomes } = await dial(answer);
    clock.advance(10_000);
    expect(outcomes).toEqual([outcome]);
    expect(clock.pending).toBe(0);
  });

  it('cancelled – not another word, no timer left', async () => {
    const { clock, outcomes, running } = await dial('silence');
    clock.advance(10);
    running.cancel();
    clock.advance(10_000);
    expect([outcomes, clock.pending]).toEqual([[], 0]);
  });
});
