/** What the compiler reads of the disk. It cannot wait, so none of these does. Paths are absolute. */
export interface Disk {
  /** `undefined`: it is not there, or no text. */
  readonly read: (path: string) => string | undefined;
  readonly isFile: (path: string) => boolean;
  readonly isFolder: (path: string) => boolean;
  /** Names of the folders in a folder. */
  readonly folders: (path: string) => readonly string[];
  /** Where a path leads when links are followed. */
  readonly real: (path: string) => string;
}
