// Every suite that runs in the extension host; activation first, for the others wake the extension.
import "./activation.test.ts";
import "./contracts.test.ts";
import "./editor-files.test.ts";
import "./hunk-review.test.ts";
import "./language-model-provider.test.ts";
import "./language-models.test.ts";
import "./problems.test.ts";
import "./proposals.test.ts";
import "./refactor.test.ts";
import "./refactor-actions.test.ts";
import "./saves.test.ts";
import "./secrets.test.ts";
import "./shown-session.test.ts";
import "./server-types.test.ts";
import "./smells.test.ts";
