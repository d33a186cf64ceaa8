/** Short texts to try, written for this page. Each is a chunk of its own, loaded when it is wanted. */
export const SAMPLES = {
  harbour: { lang: 'en', load: () => import('./samples/harbour.en.txt?raw') },
  teahouse: { lang: 'zh', load: () => import('./samples/teahouse.zh.txt?raw') },
  library: { lang: 'ja', load: () => import('./samples/library.ja.txt?raw') },
  market: { lang: 'es', load: () => import('./samples/market.es.txt?raw') },
} as const;

export type SampleName = keyof typeof SAMPLES;
export const SAMPLE_NAMES = Object.keys(SAMPLES) as SampleName[];

export const loadSample = async (name: SampleName): Promise<string> => (await SAMPLES[name].load()).default.trim();
