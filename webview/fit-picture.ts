import { isShown } from "./pictures.ts";

/** Bytes that every vendor takes: 5 MB once they are base64 (Messages API documentation, "Vision"). */
const MAX_BYTES = 3_750_000;
/** Pixels of the longer side that are taken however many pictures a request holds (same place). */
const MAX_EDGE = 2_000;
/** Quality of a JPEG that was made smaller: letters in a screenshot stay sharp. */
const QUALITY = 0.85;

/** A picture whose bytes and sides are such that models take it. */
export interface FittingPicture {
  readonly mediaType: string;
  /** Base64. */
  readonly data: string;
}

/** A file as a picture that models take: as it is where they do so, else drawn smaller; `undefined`: it is no picture that can be decoded. */
export async function fitPicture(file: Blob): Promise<FittingPicture | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return undefined;
  const edge = Math.max(picture.width, picture.height);
  const isFit = isShown(file.type) && file.size <= MAX_BYTES && edge <= MAX_EDGE;
  const fitting = isFit ? file : await smaller(picture, file.type, Math.min(1, MAX_EDGE / edge));
  picture.close();
  return { mediaType: fitting.type, data: await base64Of(fitting) };
}

/** A photograph stays JPEG; all else is PNG, which loses nothing, as long as that is small enough. */
async function smaller(picture: ImageBitmap, type: string, scale: number): Promise<Blob> {
  const lossless = type === "image/jpeg" ? undefined : await drawn(picture, "image/png", scale);
  if (lossless && lossless.size <= MAX_BYTES) return lossless;
  const lossy = await drawn(picture, "image/jpeg", scale);
  return lossy.size <= MAX_BYTES ? lossy : smaller(picture, "image/jpeg", scale * 0.75);
}

function drawn(picture: ImageBitmap, type: string, scale: number): Promise<Blob> {
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error(`This browser draws no picture of ${width} x ${height} pixels.`);
  if (type === "image/jpeg") {
    // JPEG has no transparency; what shines through would be black.
    context.fillStyle = "white";
    context.fillRect(0, 0, width, height);
  }
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
  return canvas.convertToBlob({ type, quality: QUALITY });
}

function base64Of(blob: Blob): Promise<string> {
  const reader = new FileReader();
  return new Promise((resolve, reject) => {
    reader.addEventListener("load", () => resolve(String(reader.result).split(",", 2)[1] ?? ""));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(blob);
  });
}
