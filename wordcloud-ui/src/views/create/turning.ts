/** How words are turned, as one choice: the ways that have a name, a few lists of angles, or a list of one's own. */
import type { CloudOptions } from '@wordcloud/contracts';

/** Degrees clockwise. */
export const ANGLES = {
  /** Level, and standing to either side. */
  sides: [-90, 0, 90],
  diagonal: [-45, 45],
} as const;

type Turned = Pick<CloudOptions, 'rotation' | 'angles'>;

const isSame = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((x, i) => x === b[i]);

/** @returns a rotation of the server, a name in `ANGLES`, or `own` for any other list */
export function turningOf({ rotation, angles }: Turned): string {
  if (angles.length === 0) return rotation;
  const known = Object.entries(ANGLES).find(([, list]) => isSame(list, angles));
  return known?.[0] ?? 'own';
}

/** @returns the options that are meant by a name that is not `own` */
export function turnedBy(name: string): Partial<Turned> {
  if (Object.hasOwn(ANGLES, name)) return { angles: [...ANGLES[name as keyof typeof ANGLES]] };
  return { rotation: name as CloudOptions['rotation'], angles: [] };
}

/**
 * Reads what somebody typed: numbers separated by commas, semicolons or blanks, a minus of any kind before them.
 *
 * @returns undefined when something of it is no number, out of range, or too much
 */
export function readAngles(
  text: string,
  { minimum, maximum, count }: { minimum: number; maximum: number; count: number },
): number[] | undefined {
  const parts = text
    .replace(/[\u2212\u2013]/g, '-')
    .split(/[\s,，、;；°]+/u)
    .filter((part) => part !== '');
  const angles = parts.map(Number);
  const isRight = (angle: number) => angle >= minimum && angle <= maximum;
  return angles.length <= count && angles.every(isRight) ? angles : undefined;
}
