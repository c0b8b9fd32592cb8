import { nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { isInDirective, operatorIn } from "../operators.ts";
import type { SmellRules } from "../smell-rules.ts";
import { among, type Types } from "./types.ts";

/** Where numbers stand, by types. */
export interface NumberNodes {
  readonly numbers: Types;
  /** What names a value that stands in it: declarations, assignments, arguments with a name. */
  readonly naming: Types;
  /** Arguments: they name a value if they have a label. */
  readonly labelled?: Types;
  /** What only wraps a value: lists of one, signs. */
  readonly wrapping: Types;
  readonly operations: Types;
}

/** `SmellRules.numberOf` and `isUnexplained` by types. */
export function numbersBy(nodes: NumberNodes): Pick<SmellRules, "numberOf" | "isUnexplained"> {
  const [isNumber, isNaming] = [among(nodes.numbers), among(nodes.naming)];
  const isLabelled = among(nodes.labelled);
  const [isWrapping, isOperation] = [among(nodes.wrapping), among(nodes.operations)];
  return {
    // Octal, hexadecimal and binary numbers are patterns of bits, or characters.
    numberOf(node, text) {
      const written = isNumber(node.type) ? text.slice(node.from, node.to) : "";
      const [, value] = DECIMAL.exec(written) ?? [];
      return value === undefined ? undefined : Number(value.replace(/[_']/g, ""));
    },
    isUnexplained(number, text) {
      const at = nearest(number.parent, (it) => !isWrapping(it.type));
      if (!at || !isOperation(at.type) || isInDirective(at)) return false;
      const operator = operatorIn(at, text);
      if (!/^([<>]=?|[!=]==?|[-+*/%]|-(eq|ne|[gl][te]))$/.test(operator)) return false;
      // A step of a few is a place beside another one.
      if (/^[-+]$/.test(operator) && /^\d$/.test(text.slice(number.from, number.to))) return false;
      const others = parts(at).filter((it) => !(it.from <= number.from && number.to <= it.to));
      return !others.some((it) => isTold(it, text)) && !isNamed(at);
    },
  };

  /** A length or a place in a text tells by itself what is compared with it, a unit what is multiplied, and two numbers are an example. */
  function isTold(other: SyntaxNode, text: string): boolean {
    const written = text.slice(other.from, other.to);
    return isNumber(other.type) || TOLD.test(written) || UNIT.test(written);
  }

  function isNamed(node: SyntaxNode): boolean {
    const top = nearest(node, ({ parent }) => !isOperation(parent?.type) && !isWrapping(parent?.type));
    const holder = top?.parent;
    return (
      isNaming(holder?.type) || (holder !== undefined && isLabelled(holder.type) && parts(holder).length > 1)
    );
  }
}

/** With the suffix of its type, where there is one. */
const DECIMAL =
  /^(?=\.?\d)((?:0|[1-9][\d_']*)?(?:\.[\d_]+)?(?:e[+-]?\d+)?)_?(?:[uilfdm]+|[uif](?:8|16|32|64|128|size))?$/i;
const TOLD =
  /(^|\W)(len|strlen|sizeof|count|ord|byte|size)\s*\(.*\)$|(length|len|size|count|index|indexOf\(.*\)|charCodeAt\(.*\)|version(_id)?|sdk_int|major|minor|status|code|char|arity|argc|errno|\b(ch|c))(['"]\])?(\(\))?(\.to_i)?$|^"?\$[#?]"?$|^#/i;
/** `time.Second`, `MINUTES`. */
const UNIT = /(^|\W)((Nano|Micro|Milli)s|S)econds?$|(^|\W)(Minute|Hour|Day)s?$|(SECOND|MINUTE|HOUR|DAY)S?$/;
