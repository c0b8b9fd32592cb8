import type { Block } from "../model/conversation.ts";
import type { Failure } from "../model/failure.ts";
import { visible } from "../text/visible.ts";
import type { Display } from "./display.ts";
import type { EventBody } from "./events.ts";

/**
 * An event with all that came from tools, files, pages and vendors in it as `told` tells it; the words of the person and of the
 * model, and what is printed, which is told piece by piece, stay. The last place before the log, the model and the screens.
 */
export function cleaned(body: EventBody, told: (text: string) => string): EventBody {
  switch (body.type) {
    case "called":
      return { ...body, title: visible(body.title) };
    case "questioned":
      return { ...body, reason: told(body.reason), display: cleanDisplay(body.display, told) };
    case "answered": {
      const { content, display } = body;
      return {
        ...body,
        content: typeof content === "string" ? told(content) : content.map((it) => cleanBlock(it, told)),
        display: display && cleanDisplay(display, told),
      };
    }
    case "broke":
      return { ...body, failure: cleanFailure(body.failure, told) };
    case "retrying":
      return { ...body, failure: cleanFailure(body.failure, told), text: told(body.text) };
    case "rested":
      return {
        ...body,
        ...(body.failure && { failure: cleanFailure(body.failure, told) }),
        ...(body.text !== undefined && { text: told(body.text) }),
      };
    case "noted":
    case "warned":
    case "not-undone":
    case "not-rewound":
      return { ...body, text: told(body.text) };
    default:
      return body;
  }
}

function cleanFailure(failure: Failure, told: (text: string) => string): Failure {
  return { ...failure, message: told(failure.message) };
}

function cleanBlock(block: Block, told: (text: string) => string): Block {
  return block.type === "text" ? { ...block, text: told(block.text) } : block;
}

function cleanDisplay(display: Display, told: (text: string) => string): Display {
  switch (display.kind) {
    case "text":
      return { ...display, text: told(display.text) };
    case "terminal":
      return { ...display, output: told(display.output) };
    case "diff":
      return { ...display, files: display.files.map((it) => ({ ...it, patch: told(it.patch) })) };
    default:
      return display;
  }
}
