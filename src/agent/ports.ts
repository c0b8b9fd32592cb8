import type { Refactorer } from "../refactor/port.ts";
import type { TypeKnower } from "../refactor/typed.ts";
import type { SourceIndex } from "../syntax/index/port.ts";
import type { Clock, Files, Outliner, Problems, Search, Shell } from "../world.ts";

/** What of the outside both a session and its tools use. */
export interface Ports {
  readonly files: Files;
  readonly search: Search;
  readonly shell: Shell;
  readonly problems: Problems;
  readonly outliner: Outliner;
  readonly refactorer: Refactorer;
  readonly types: TypeKnower;
  readonly index: SourceIndex;
  readonly clock: Clock;
}
