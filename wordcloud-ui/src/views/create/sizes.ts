/** Sizes that people want, by name. Pixels. */
export const SIZES = {
  landscape: { width: 1200, height: 800 },
  square: { width: 1080, height: 1080 },
  portrait: { width: 900, height: 1200 },
  wide: { width: 1920, height: 1080 },
  phone: { width: 1080, height: 2160 },
} as const;

export type SizeName = keyof typeof SIZES | 'custom';
export const SIZE_NAMES: SizeName[] = [...(Object.keys(SIZES) as (keyof typeof SIZES)[]), 'custom'];

export function sizeName(width: number, height: number): SizeName {
  const found = Object.entries(SIZES).find(([, size]) => size.width === width && size.height === height);
  return (found?.[0] as SizeName | undefined) ?? 'custom';
}
