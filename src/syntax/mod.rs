//! Source text to syntax tree: lexer, tree, parser, name resolution.
