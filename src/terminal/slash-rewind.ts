import type { Command } from "../agent/events.ts";
import { rewindPoints } from "../agent/rewind-points.ts";
import type { Session } from "../agent/runner.ts";
import { never } from "../std/abort.ts";
import { pointLines, previewLines } from "./rewind-words.ts";

/** `/rewind`: lists the messages; with a number shows what going back to it does; with a word behind that, does it. */
export async function slashRewind(
  [number, word]: readonly string[],
  session: Session,
  send: (command: Command) => Promise<void>,
  say: (text: string) => void,
): Promise<void> {
  if (number === "undo") return send({ type: "takeBackRewind" });
  const points = rewindPoints(session.memory());
  if (number === undefined)
    return say([...pointLines(points), "/rewind N shows what going back to before it does."].join("\n"));
  const point = points[Number(number) - 1];
  if (!point) return say(`There is no message ${number}: the conversation has ${points.length}.`);
  const files = word === "both" || word === "files";
  const conversation = word === "both" || word === "conversation";
  if (files || conversation) return send({ type: "rewind", to: point.n, files, conversation });
  const preview = await session.previewRewind(point.n, never());
  if (typeof preview === "string") return say(preview);
  const how = `Type /rewind ${number} both, /rewind ${number} files or /rewind ${number} conversation to do it; /rewind undo takes it back.`;
  say(["Files:", ...previewLines(preview), how].join("\n"));
}
