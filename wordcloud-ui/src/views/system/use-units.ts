/** Numbers with their units, in the language of the page. */
import { useI18n } from 'vue-i18n';

const SPANS = [
  { unit: 'days', seconds: 86_400 },
  { unit: 'hours', seconds: 3_600 },
  { unit: 'minutes', seconds: 60 },
  { unit: 'seconds', seconds: 1 },
] as const;

export function useUnits() {
  const { t, n } = useI18n();
  const short = (value: number): string => n(value >= 10 ? Math.round(value) : value, 'decimal');

  /** Milliseconds: `0.4 ms`, `12 ms`, `2.1 s`. */
  function ms(value: number | undefined | null): string {
    if (value === undefined || value === null) return '–';
    if (value >= 1_000) return t('system.unit.seconds', { n: n(value / 1_000, 'decimal') });
    return t('system.unit.ms', { n: short(value) });
  }

  /** Two times, with one unit where that is enough: `12 / 40 ms`. */
  function range(from: number | undefined, to: number | undefined): string {
    const isShort = from !== undefined && to !== undefined && to < 1_000;
    return `${isShort ? short(from) : ms(from)} / ${ms(to)}`;
  }

  /** Rounded down to its largest unit: `3 min`. */
  function span(seconds: number): string {
    const { unit, seconds: size } = SPANS.find((one) => seconds >= one.seconds) ?? SPANS.at(-1)!;
    return t(`system.unit.${unit}`, { n: n(Math.floor(seconds / size)) });
  }

  return {
    ms,
    range,
    span,
    rate: (value: number): string => t('system.unit.perSecond', { n: short(value) }),
    /** `14:03:22` */
    clock: (at: number): string => new Date(at).toLocaleTimeString(undefined, { hour12: false }),
  };
}
