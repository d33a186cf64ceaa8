/** What stands for "nothing" behind a transparent picture. On white, where such pictures are mostly put. */
export const CHECKERBOARD = {
  backgroundColor: '#ffffff',
  backgroundImage: 'conic-gradient(#e9e9e9 25%, #ffffff 0 50%, #e9e9e9 0 75%, #ffffff 0)',
  backgroundSize: '16px 16px',
};

/** The ground of a picture as a style. */
export const groundStyle = (background: string) =>
  background === 'transparent' ? CHECKERBOARD : { backgroundColor: background };
