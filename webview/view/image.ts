import type { Display } from "../../src/agent/display.ts";
import type { Desk } from "../desk.ts";
import { h } from "../dom.ts";
import { isShown } from "../pictures.ts";

/** A picture; its bytes are asked for when it is first shown. */
export function imageDisplay(
  desk: Desk,
  { blob, mediaType, name }: Extract<Display, { kind: "image" }>,
): HTMLElement {
  if (!isShown(mediaType))
    return h("p", { class: "faint" }, `${name}: pictures of type ${mediaType} are not shown here`);
  const picture = h("img", { class: "picture", alt: name });
  desk.picture(blob, mediaType, (url) => picture.setAttribute("src", url));
  return picture;
}
