import { isTypePlace } from "../../syntax/scopes/c-sharp-types.ts";
import { ancestors, inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";

const EXPRESSION =
  /^(identifier|generic_name|(integer|real|string|verbatim_string|character|boolean|null)_literal|interpolated_string_expression|(anonymous_method|anonymous_object_creation|array_creation|as|assignment|await|binary|cast|checked|conditional_access|conditional|default|element_access|implicit_array_creation|implicit_object_creation|invocation|is|is_pattern|lambda|member_access|object_creation|parenthesized|postfix_unary|prefix_unary|query|range|size_of|stack_alloc_array_creation|implicit_stack_alloc_array_creation|switch|this|tuple|type_of|with)_expression)$/;
const MEMBER =
  /^(class|struct|interface|record|record_struct|enum|delegate|method|constructor|destructor|operator|conversion_operator|property|indexer|event|event_field|field|enum_member)_declaration$/;
const FUNCTION =
  /^((method|constructor|destructor|operator|conversion_operator|accessor)_declaration|local_function_statement|lambda_expression|anonymous_method_expression|query_expression)$/;

/** Whether it runs as a function: a method, an accessor, a lambda, a query. */
export function isFunction({ type, parent }: SyntaxNode): boolean {
  if (type === "arrow_expression_clause") return /^(property|indexer)_declaration$/.test(parent?.type ?? "");
  return FUNCTION.test(type);
}

/** Whether it is a member of a class: what stands there is evaluated with the class or its objects. */
export function isMember({ parent }: SyntaxNode): boolean {
  return parent !== undefined && /^(declaration_list|enum_member_declaration_list)$/.test(parent.type);
}

/** Whether it is a statement, a declaration or a member. */
export function isStatement({ type }: SyntaxNode): boolean {
  return /_statement$|^block$|^namespace_declaration$/.test(type) || MEMBER.test(type);
}

/** Whether it has a value; names that declare, and those of members and types, have none. */
export function isExpression(node: SyntaxNode): boolean {
  const { type, field, parent } = node;
  if (!parent || !EXPRESSION.test(type)) return false;
  if (/_directive$|^(constant_pattern|type_pattern|attribute_argument|case_switch_label)$/.test(parent.type))
    return false;
  if (type !== "identifier" && type !== "generic_name") return true;
  return field !== "name" && !isTypePlace(node) && !isNameOnly(node, parent);
}

const NAMING =
  /^(type_parameter|name_colon|name_equals|labeled_statement|qualified_name|alias_qualified_name|namespace_declaration|file_scoped_namespace_declaration|using_directive|extern_alias_directive|tuple_pattern|parenthesized_variable_designation|var_pattern|declaration_pattern|recursive_pattern|parameter_list|bracketed_parameter_list|destructor_declaration|join_into_clause|generic_name|expression_colon|subpattern|accessor_declaration)$/;

function isNameOnly(node: SyntaxNode, parent: SyntaxNode): boolean {
  if (NAMING.test(parent.type)) return true;
  if (parent.type === "goto_statement") return !parent.children.some((it) => it.type === "case");
  if (/^(variable_declarator|simple_assignment_expression)$/.test(parent.type))
    return parent.children[0] === node;
  if (/^(let_clause|query_continuation)$/.test(parent.type)) return parent.children[1] === node;
  if (/^(from|join)_clause$/.test(parent.type)) {
    const before = parent.children.findIndex((it) => it.type === "in");
    return parent.children.indexOf(node) < before;
  }
  return parent.type === "lambda_expression" && node.field !== "body";
}

/** See `CodeRules.actsItself`. */
export function actsItself({ type, children }: SyntaxNode): boolean {
  if (type === "local_declaration_statement") return children.some((it) => it.type === "using");
  return (
    MEMBER.test(type) ||
    /^((return|throw|break|continue|goto|yield|try|lock|using|fixed|for_each|labeled|unsafe)_statement|constructor_initializer)$/.test(
      type,
    )
  );
}

/** Whether what an assignment gives is evaluated only if nothing is there. */
function isCoalescing({ children }: SyntaxNode): boolean {
  const sign = children.find((it) => it.type === "assignment_operator");
  return sign?.children.some((it) => it.type === "??=") ?? false;
}

/** See `CodeRules.notAlways`. */
export function notAlways(node: SyntaxNode): string | undefined {
  const { parent, field } = node;
  if (!parent) return undefined;
  if (isFunction(parent)) return "it belongs to a function, a lambda or a query, which runs at another time";
  if (isMember(node)) return "it belongs to a member of a class";
  switch (parent.type) {
    case "binary_expression":
      return field === "right" && /^(&&|\|\||\?\?)$/.test(inField(parent, "operator")?.type ?? "")
        ? "the left side decides whether it is evaluated"
        : undefined;
    case "assignment_expression":
      return field === "right" && isCoalescing(parent)
        ? "the left side decides whether it is evaluated"
        : undefined;
    case "conditional_expression":
      return field === "condition" ? undefined : "the condition decides whether it is evaluated";
    case "conditional_access_expression":
      return field === "condition" ? undefined : "what stands before it decides whether it is evaluated";
    case "while_statement":
    case "do_statement":
      return "the loop evaluates it again and again";
    case "for_statement":
      return field === "initializer" ? undefined : "the loop evaluates it again and again";
    case "for_each_statement":
      return field === "right" ? undefined : "the loop evaluates it again and again";
    case "if_statement":
      return field === "condition" ? elseIf(parent) : "the condition decides whether it is run";
    case "switch_body":
    case "switch_section":
    case "switch_expression_arm":
    case "case_pattern_switch_label":
      return "it belongs to a case";
    case "catch_clause":
    case "catch_filter_clause":
    case "finally_clause":
      return "it is not run always";
    case "constructor_initializer":
      return "nothing may stand before the call of another constructor";
    case "attribute":
    case "attribute_list":
      return "it belongs to a declaration";
    case "invocation_expression":
    case "element_access_expression":
      return /^(arguments|subscript)$/.test(field ?? "") && isChain(parent)
        ? "what stands before it decides whether it is evaluated"
        : undefined;
    default:
      return laterResource(node, parent);
  }
}

/** Whether what is called, or taken, may end at a `?.` before. */
export function isChain(node: SyntaxNode): boolean {
  for (let at: SyntaxNode | undefined = node; at; at = inField(at, "expression") ?? inField(at, "function"))
    if (at.type === "conditional_access_expression") return true;
  return false;
}

/** The condition of `else if` is not evaluated always. */
function elseIf({ field }: SyntaxNode): string | undefined {
  return field === "alternative" ? "the condition before it decides whether it is evaluated" : undefined;
}

function laterResource(node: SyntaxNode, parent: SyntaxNode): string | undefined {
  const isResource = parent.type === "variable_declaration" && parent.parent?.type === "using_statement";
  const all = parts(parent).filter((it) => it.type === "variable_declarator");
  return isResource && all.indexOf(node) > 0 ? "a resource before it is closed if it fails" : undefined;
}

/** Calls that a compiler leaves out where nothing is looked for: their arguments are not evaluated then. */
export const LEFT_OUT = /^((System\.)?Diagnostics\.)?(Debug|Trace)\.\w+$/;

const NOT_EVALUATED =
  /^(modifier|parameter_modifier|attribute_list|type_argument_list|name_colon|name_equals|predefined_type|nullable_type|assignment_operator|expression_colon)$/;

/** See `CodeRules.inOrder`: types are not evaluated, and of the target of `=` just what it is a member of (C# language specification, section 12.21.2). */
export function inOrder(node: SyntaxNode): readonly SyntaxNode[] {
  const all = parts(node).filter(
    (it) => !NOT_EVALUATED.test(it.type) && it.field !== "type" && !/_directive$/.test(it.type),
  );
  if (node.type === "invocation_expression") return all.map(calledOn);
  if (node.type !== "assignment_expression" || !isPlain(node)) return all;
  return all.flatMap((it) => {
    if (it.field !== "left" || !/^(identifier|member_access_expression)$/.test(it.type)) return [it];
    const object = inField(it, "expression");
    return object ? [object] : [];
  });
}

/** Of a method only the object is evaluated. */
function calledOn(node: SyntaxNode): SyntaxNode {
  const object =
    node.field === "function" && node.type === "member_access_expression"
      ? inField(node, "expression")
      : undefined;
  return object ?? node;
}

/** Whether it is `=`. */
export function isPlain({ children }: SyntaxNode): boolean {
  const sign = children.find((it) => it.type === "assignment_operator");
  return sign?.children.some((it) => it.type === "=") ?? false;
}

/** Whether a pattern, or an argument that is filled, in it gives names. */
export function declaresNames(node: SyntaxNode): boolean {
  return [...walk(node, (it) => it !== node && isFunction(it))].some((it) =>
    /^(declaration_expression|declaration_pattern|var_pattern|recursive_pattern)$/.test(it.type),
  );
}

/** The body of the class, struct, interface or record around a node. */
export function classAround(node: SyntaxNode): SyntaxNode | undefined {
  return ancestors(node).find(
    (it) => it.type === "declaration_list" && it.parent?.type !== "namespace_declaration",
  );
}

/** Whether a declaration has that modifier. */
export function hasModifier(declaration: SyntaxNode, modifier: RegExp): boolean {
  return declaration.children.some(
    (it) => it.type === "modifier" && it.children.some((at) => modifier.test(at.type)),
  );
}

/** The outermost parentheses around a node, or itself. */
export function aroundOf(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent?.type === "parenthesized_expression" && at.parent.parent) at = at.parent;
  return at;
}

/** Whether it is given a value where it stands, or somebody is handed the very variable. */
export function isTarget(node: SyntaxNode): boolean {
  const { parent, field } = aroundOf(node);
  switch (parent?.type) {
    case "assignment_expression":
      return field === "left";
    case "postfix_unary_expression":
    case "prefix_unary_expression":
      return parent.children.some((it) => /^(\+\+|--|&)$/.test(it.type));
    case "argument":
      return parent.children.some((it) => /^(ref|out|in)$/.test(it.type)) || isGivenParts(parent);
    case "ref_expression":
    case "make_ref_expression":
      return true;
    default:
      return false;
  }
}

/** `(a, b) = c` */
function isGivenParts(argument: SyntaxNode): boolean {
  const tuple = argument.parent;
  return tuple?.type === "tuple_expression" && isTarget(tuple);
}

/** The value that a declarator gives. */
export function givenValue(declarator: SyntaxNode): SyntaxNode | undefined {
  const clause = declarator.children.find((it) => it.type === "equals_value_clause");
  return clause && parts(clause)[0];
}

/** The declarator whose value a node is. */
export function declaratorOf({ parent }: SyntaxNode): SyntaxNode | undefined {
  const declarator = parent?.type === "equals_value_clause" ? parent.parent : undefined;
  return declarator?.type === "variable_declarator" ? declarator : undefined;
}

/** The nearest `checked` or `unchecked` around a node: what overflows there does something else. */
export function overflowAround(node: SyntaxNode): SyntaxNode | undefined {
  return nearest(node.parent, (it) => /^checked_(expression|statement)$/.test(it.type));
}
