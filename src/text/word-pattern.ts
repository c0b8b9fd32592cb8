/**
 * Finds a name where it is a word by itself: with no sign beside it that names have (Unicode Standard Annex 31) and no
 * `$`. `name` has no other sign that means something to a pattern.
 */
export function wordPattern(name: string, flags = ""): RegExp {
  const sign = "[\\p{ID_Continue}$]";
  return new RegExp(`(?<!${sign})${name.replaceAll("$", "\\$")}(?!${sign})`, `u${flags}`);
}
