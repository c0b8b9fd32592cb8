import * as vscode from "vscode";

/** Scheme of what files would become: texts on no disk that the person may write over. */
export const PROPOSAL = "wheelhouse-proposal";

interface Kept {
  readonly bytes: Uint8Array;
  readonly ctime: number;
  readonly mtime: number;
  /** Whether the person may write it. */
  readonly isOpen: boolean;
  readonly isTheirs: boolean;
}

/** Proposed texts as a file system, so that the editor saves into it what the person changes in them. */
export interface ProposalFiles extends vscode.FileSystemProvider {
  /** `isOpen`: it is whole, and may be written over. */
  readonly put: (uri: vscode.Uri, text: string, isOpen: boolean) => void;
  readonly drop: (uri: vscode.Uri) => void;
  /** What the person saved over what was put last. */
  readonly saved: (uri: vscode.Uri) => string | undefined;
}

/** An empty one. Only what was put exists; nothing can be made, renamed or removed by anybody else. */
export function proposalFiles(): ProposalFiles {
  const files = new Map<string, Kept>();
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const get = (uri: vscode.Uri) => {
    const kept = files.get(uri.toString());
    if (!kept) throw vscode.FileSystemError.FileNotFound(uri);
    return kept;
  };
  const set = (uri: vscode.Uri, content: Pick<Kept, "bytes" | "isOpen" | "isTheirs">) => {
    const now = Date.now();
    const before = files.get(uri.toString());
    // Two changes in one millisecond are two changes to those who compare times.
    const mtime = Math.max(now, (before?.mtime ?? 0) + 1);
    files.set(uri.toString(), { ...content, ctime: before?.ctime ?? now, mtime });
    changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  };
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
  return {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => undefined),
    stat(uri) {
      const { bytes, ctime, mtime, isOpen } = get(uri);
      const permissions = isOpen ? {} : { permissions: vscode.FilePermission.Readonly };
      return { type: vscode.FileType.File, size: bytes.length, ctime, mtime, ...permissions };
    },
    readFile: (uri) => get(uri).bytes,
    writeFile(uri, bytes) {
      if (!get(uri).isOpen) refuse(uri);
      set(uri, { bytes, isOpen: true, isTheirs: true });
    },
    readDirectory: () => [],
    createDirectory: refuse,
    delete: refuse,
    rename: refuse,
    put: (uri, text, isOpen) => set(uri, { bytes: new TextEncoder().encode(text), isOpen, isTheirs: false }),
    drop: (uri) => void files.delete(uri.toString()),
    saved(uri) {
      const kept = files.get(uri.toString());
      return kept?.isTheirs ? new TextDecoder().decode(kept.bytes) : undefined;
    },
  };
}
