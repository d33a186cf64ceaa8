/** Reads server-sent events from a stream (WHATWG HTML, section 9.2). */

export interface ServerEvent {
  id: string;
  event: string;
  data: string;
}

export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  let buffered = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)) {
    const blocks = (buffered + chunk).split('\n\n');
    buffered = blocks.pop()!;
    for (const block of blocks) {
      const event: ServerEvent = { id: '', event: 'message', data: '' };
      for (const line of block.split('\n')) {
        const [, name, value] = /^(id|event|data): ?(.*)$/.exec(line) ?? [];
        if (name !== undefined) event[name as keyof ServerEvent] = value!;
      }
      if (event.data !== '') yield event;
    }
  }
}
