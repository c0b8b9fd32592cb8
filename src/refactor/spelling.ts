/** How a new name is written for an old one: what is private in its class stays so. */
export function spelled(old: string, name: string): string {
  return old.startsWith("#") && !name.startsWith("#") ? `#${name}` : name;
}

/** Whether it may be a new name for an old one, which is a name, a number or what stands in quotes. */
export function mayBeCalled(old: string, name: string): boolean {
  const isOld = (form: RegExp) => form.test(old);
  if (isOld(PRIVATE)) return PRIVATE.test(spelled(old, name));
  if (isOld(NAME)) return NAME.test(name);
  return isOld(/^\d+$/) ? NUMBER_OR_NAME.test(name) : /^[^"'`\\$\r\n]+$/.test(name);
}

const NAME = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;
const NUMBER_OR_NAME = /^(?:\d+|[\p{ID_Start}_$][\p{ID_Continue}$]*)$/u;
const PRIVATE = /^#[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;
