/** `image.json`: where each word lies, for programs that draw a cloud in their own way. `shared/cloud` writes and reads it. */
import Type from 'typebox';

const Pixels = Type.Number({ description: 'Pixels' });
const Color = Type.String({ description: '`#rrggbb`' });

export const CloudLayout = Type.Object({
  format: Type.Literal('wordcloud-layout'),
  version: Type.Literal(1),
  width: Pixels,
  height: Pixels,
  background: Type.String({ description: '`#rrggbb` or `transparent`' }),
  font: Type.Optional(Type.String()),
  contour: Type.Optional(
    Type.Object({ path: Type.String({ description: 'SVG path data' }), width: Pixels, color: Color }),
  ),
  words: Type.Array(
    Type.Object({
      word: Type.String(),
      weight: Type.Number(),
      fontSize: Pixels,
      x: Type.Number({ description: 'Centre of the ink, pixels from the left' }),
      y: Type.Number({ description: 'Pixels from the top' }),
      angle: Type.Number({ description: 'Degrees clockwise' }),
      color: Color,
      copies: Type.Optional(Type.Integer({ description: 'With `repeat`: how often it is to be seen' })),
      width: Type.Number({ description: 'Of its ink before it is turned, pixels' }),
      height: Pixels,
      copy: Type.Optional(Type.Literal(true, { description: 'One of the smaller copies of `repeat`' })),
    }),
    { description: 'The heaviest first, copies last' },
  ),
  skipped: Type.Array(Type.Object({ word: Type.String(), reason: Type.String() })),
});
