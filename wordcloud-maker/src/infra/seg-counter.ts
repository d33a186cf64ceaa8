/** Counts words by asking wordcloud-seg. */
import { isProblem, ProblemError, type segContract } from '@wordcloud/contracts';
import type { Client } from '@wordcloud/rpc';
import type { WordCounter } from '../domain/ports.ts';

export function createSegCounter(seg: Client<typeof segContract>): WordCounter {
  return {
    async count(text, options, context) {
      const { lang, words, minLength, stopwords, dictionary, phrases, mergePlurals, numbers } = options;
      const content = Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString('base64');
      try {
        const body = { content, lang, words, minLength, stopwords, dictionary, phrases, mergePlurals, numbers };
        return await seg.segment({ body }, context);
      } catch (error) {
        // Seg never began: for the queue that is the same as if no maker had been there.
        if (isProblem(error, 'UNAVAILABLE') && !error.sent) {
          throw new ProblemError('NO_INSTANCE', error.message, { cause: error, retryAfterSeconds: 1 });
        }
        throw error;
      }
    },
  };
}
