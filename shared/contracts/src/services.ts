/** The one vocabulary: a service's name is its folder, compose service, metric label and trace name. */

export const SERVICE_NAMES = [
  'wordcloud-bff',
  'wordcloud-user',
  'wordcloud-task',
  'wordcloud-seg',
  'wordcloud-maker',
] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];

/** The HTTP port of each service when it runs without Docker. */
export const DEFAULT_PORTS: Record<ServiceName, number> = {
  'wordcloud-bff': 6060,
  'wordcloud-user': 6061,
  'wordcloud-task': 6062,
  'wordcloud-seg': 6063,
  'wordcloud-maker': 6064,
};

/** The gossip port of each service when it runs without Docker. */
export const DEFAULT_GOSSIP_PORTS: Record<ServiceName, number> = {
  'wordcloud-bff': 7946,
  'wordcloud-user': 7947,
  'wordcloud-task': 7948,
  'wordcloud-seg': 7949,
  'wordcloud-maker': 7950,
};
