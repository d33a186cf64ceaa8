/** The shape of a language's messages: the keys of English, with a text for each. */
export type Messages<Shape> = { [Key in keyof Shape]: Shape[Key] extends string ? string : Messages<Shape[Key]> };
