/** What `h` sets on an element: `class`, listeners under `on`, everything else as attributes; `false` and `undefined` set nothing. */
export interface Props {
  readonly class?: string;
  readonly on?: { readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
  readonly [attribute: string]: unknown;
}

/** What may stand in an element. */
export type Child = Node | string | undefined | false;

/** A part of the page that shows a value and is told of each new one. */
export interface Part<T> {
  readonly element: HTMLElement;
  readonly update: (value: T) => void;
}

/** A new element. Strings become text, never HTML. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props?: Props,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K];
/** An element with properties and children; text is always text. */
export function h(tag: string, props?: Props, ...children: readonly Child[]): HTMLElement;
/** An element with properties and children; text is always text. */
export function h(tag: string, props: Props = {}, ...children: readonly Child[]): HTMLElement {
  const element = document.createElement(tag);
  const { class: name, on, ...attributes } = props;
  if (name) element.className = name;
  for (const [type, listener] of Object.entries(on ?? {}))
    element.addEventListener(type, listener as EventListener);
  for (const [key, value] of Object.entries(attributes)) setAttribute(element, key, value);
  element.append(...children.filter(isShown));
  return element;
}

function isShown(child: Child): child is Node | string {
  return child !== undefined && child !== false;
}

/** Sets an attribute when it differs: `true` as empty, `false` and `undefined` not at all. */
export function setAttribute(element: Element, name: string, value: unknown): void {
  const text = value === undefined || value === false ? null : value === true ? "" : String(value);
  if (element.getAttribute(name) === text) return;
  if (text === null) element.removeAttribute(name);
  else element.setAttribute(name, text);
}

/** Sets the text when it differs, so that nothing is laid out anew for nothing. */
export function setText(element: Node, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows or hides an element. */
export function show(element: HTMLElement, shown: boolean): void {
  if (element.hidden === shown) element.hidden = !shown;
}

/** Makes `parent` hold exactly `children` in this order, moving and removing as little as possible. */
export function arrange(parent: Element, children: readonly Element[]): void {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let at = parent.firstElementChild;
  for (const child of children) {
    if (child === at) at = at.nextElementSibling;
    else parent.insertBefore(child, at);
  }
}

/** Keeps one part per key over changing lists: parts live as long as their key is in the list. */
export function keyed<T>(
  parent: Element,
  keyOf: (item: T) => string,
  make: (item: T) => Part<T>,
): (items: readonly T[]) => void {
  let parts = new Map<string, Part<T>>();
  return (items) => {
    const next = new Map<string, Part<T>>();
    for (const item of items) {
      const part = parts.get(keyOf(item)) ?? make(item);
      part.update(item);
      next.set(keyOf(item), part);
    }
    parts = next;
    arrange(
      parent,
      [...next.values()].map((it) => it.element),
    );
  };
}

/** Whether a key event belongs to an input method that is composing; such a key never sends, stops or closes. */
export function isComposing(event: KeyboardEvent): boolean {
  // 229 is what Chromium and Safari report for the Enter that ends a composition (UI Events, section 7.3.1).
  return event.isComposing || event.keyCode === 229;
}

/** Moves the focus within `items` by arrow keys, Home and End, as a toolbar or menu does; true when the key was one of them. */
export function rove(event: KeyboardEvent, items: readonly HTMLElement[]): boolean {
  const here = items.findIndex((it) => it === document.activeElement || it.contains(document.activeElement));
  const last = items.length - 1;
  const targets: Record<string, number> = {
    ArrowDown: here >= last ? 0 : here + 1,
    ArrowRight: here >= last ? 0 : here + 1,
    ArrowUp: here <= 0 ? last : here - 1,
    ArrowLeft: here <= 0 ? last : here - 1,
    Home: 0,
    End: last,
  };
  const target = items[targets[event.key] ?? -1];
  if (!target) return false;
  event.preventDefault();
  target.focus();
  return true;
}
