import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Page } from "playwright-core";
import { withPanel } from "./with-panel.ts";

/** A picture drawn in the page: noise cannot be made smaller, a plain one is small whatever its size. */
interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly type: string;
  readonly name: string;
  readonly isNoise: boolean;
}

const SMALL: Drawn = { width: 40, height: 30, type: "image/png", name: "shot.png", isNoise: false };

describe("a pasted picture", function () {
  const { open, panel, button } = withPanel(this);

  async function sent(): Promise<{ mediaType: string; name: string; data: string }> {
    await button("Send").click();
    const [command] = await panel().commands();
    assert.ok(command?.type === "ask" && command.attachments[0]?.kind === "image");
    return command.attachments[0];
  }

  it("is attached as it is when models take it so", async () => {
    const page = await open();
    const bytes = await paste(page, SMALL);
    await button("Remove shot.png").waitFor();
    const { data, ...rest } = await sent();
    assert.deepEqual(rest, { kind: "image", name: "shot.png", mediaType: "image/png" });
    assert.equal(Buffer.from(data, "base64").length, bytes);
  });

  for (const [what, drawn, expected] of [
    ["too long", { ...SMALL, width: 4000, height: 1000 }, ["image/png", 2000, 500]],
    [
      "a long photograph",
      { ...SMALL, width: 1000, height: 4000, type: "image/jpeg" },
      ["image/jpeg", 500, 2000],
    ],
    ["too many bytes", { ...SMALL, width: 1900, height: 1900, isNoise: true }, ["image/jpeg", 1900, 1900]],
  ] as const) {
    it(`is made smaller when it is ${what}`, async () => {
      const page = await open();
      await paste(page, drawn);
      await button("Remove shot.png").waitFor();
      const { data, mediaType } = await sent();
      assert.ok(Buffer.from(data, "base64").length <= 3_750_000);
      assert.deepEqual([mediaType, ...(await sizeOf(page, `data:${mediaType};base64,${data}`))], expected);
    });
  }

  it("is refused with a sentence when it is none", async () => {
    const page = await open();
    await paste(page, undefined);
    await page.getByRole("alert").filter({ hasText: "broken.png was not attached" }).waitFor();
    assert.equal(await button("Remove broken.png").count(), 0);
  });
});

/** Pastes a picture into the message box, or bytes that are none; how many bytes it has. */
async function paste(page: Page, drawn: Drawn | undefined): Promise<number> {
  await page.getByRole("textbox", { name: "Message" }).focus();
  return page.evaluate(async (it) => {
    const file = it
      ? await draw(it)
      : new File([new Uint8Array([137, 80])], "broken.png", { type: "image/png" });
    const transfer = new DataTransfer();
    transfer.items.add(file);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }),
    );
    return file.size;

    async function draw({ width, height, type, name, isNoise }: Drawn): Promise<File> {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      context.fillRect(0, 0, width / 2, height / 2);
      const pixels = context.getImageData(0, 0, width, height);
      if (isNoise) for (let at = 0; at < pixels.data.length; at++) pixels.data[at] = Math.random() * 256;
      context.putImageData(pixels, 0, 0);
      return new File([await canvas.convertToBlob({ type })], name, { type });
    }
  }, drawn);
}

function sizeOf(page: Page, url: string): Promise<[number, number]> {
  return page.evaluate(async (src) => {
    const image = new Image();
    image.src = src;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  }, url);
}
