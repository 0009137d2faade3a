//! The shape of each function in a file: where it stands, how long it is, how many arguments it takes, how deep it nests.

use super::source::{File, Finding};
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprIf, ImplItemFn, ItemFn, ItemImpl, Signature, TraitItemFn};

#[derive(Debug, PartialEq)]
pub struct Function {
    pub name: String,
    pub line: usize,
    /// From the `fn` line to the closing brace, both included.
    pub lines: usize,
    /// The receiver counts, as it does for clippy. A method of a trait implementation has none of its own to answer for.
    pub arguments: usize,
    /// Blocks inside blocks: `if`, `match`, loops, closures with a block and bare blocks each add one; the body itself is 0.
    pub nesting: usize,
}

pub fn functions(file: &File) -> Result<Vec<Function>, Finding> {
    let parsed = syn::parse_file(&file.text)
        .map_err(|error| Finding::new(file, error.span().start().line, format!("not Rust: {error}")))?;
    let mut walker = Walker::default();
    walker.visit_file(&parsed);
    Ok(walker.found)
}

#[derive(Default)]
struct Walker {
    found: Vec<Function>,
    depth: usize,
    deepest: usize,
    in_trait_impl: bool,
}

impl Walker {
    fn function(&mut self, signature: &Signature, body: &Block) {
        let outer = (std::mem::take(&mut self.depth), std::mem::take(&mut self.deepest));
        let place = self.found.len();
        self.visit_block(body);
        let line = signature.fn_token.span.start().line;
        let function = Function {
            name: signature.ident.to_string(),
            line,
            lines: body.brace_token.span.close().end().line + 1 - line,
            arguments: if self.in_trait_impl { 0 } else { signature.inputs.len() },
            nesting: self.deepest,
        };
        self.found.insert(place, function);
        (self.depth, self.deepest) = outer;
    }

    fn deeper(&mut self, inside: impl FnOnce(&mut Self)) {
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        inside(self);
        self.depth -= 1;
    }

    /// `else if` continues its `if`; a last `else` is a block as deep as the first.
    fn condition(&mut self, condition: &ExprIf) {
        self.visit_expr(&condition.cond);
        self.deeper(|walker| walker.visit_block(&condition.then_branch));
        match condition.else_branch.as_ref().map(|(_, branch)| &**branch) {
            Some(Expr::If(next)) => self.condition(next),
            Some(last) => self.visit_expr(last),
            None => {}
        }
    }
}

impl<'ast> Visit<'ast> for Walker {
    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.function(&item.sig, &item.block);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.function(&item.sig, &item.block);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        if let Some(body) = &item.default {
            self.function(&item.sig, body);
        }
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let outer = std::mem::replace(&mut self.in_trait_impl, item.trait_.is_some());
        visit::visit_item_impl(self, item);
        self.in_trait_impl = outer;
    }

    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::If(condition) => self.condition(condition),
            Expr::Match(choice) => {
                self.visit_expr(&choice.expr);
                self.deeper(|walker| choice.arms.iter().for_each(|arm| walker.visit_arm(arm)));
            }
            Expr::Closure(closure) => self.visit_expr(&closure.body),
            Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) | Expr::Block(_) | Expr::Unsafe(_) | Expr::Async(_) => {
                self.deeper(|walker| visit::visit_expr(walker, expr));
            }
            _ => visit::visit_expr(self, expr),
        }
    }

    /// The block of an arm belongs to its `match`; a guard is part of the pattern.
    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        self.visit_pat(&arm.pat);
        match &*arm.body {
            Expr::Block(body) => self.visit_block(&body.block),
            body => self.visit_expr(body),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(text: &str) -> Vec<Function> {
        functions(&File::new("src/a.rs", text)).unwrap()
    }

    fn nesting(body: &str) -> usize {
        shapes(&format!("fn f() {{ {body} }}"))[0].nesting
    }

    #[test]
    fn lines_and_arguments_are_counted() {
        let found = shapes(
            "/// Doc.\nfn f(a: u8, b: u8) {\n  g();\n}\nimpl X { fn m(&self, c: u8) {} }\nimpl T for X { fn n(&self, d: u8) {} }\n",
        );
        let seen: Vec<_> = found.iter().map(|f| (f.name.as_str(), f.line, f.lines, f.arguments)).collect();
        assert_eq!(seen, [("f", 2, 3, 2), ("m", 5, 1, 2), ("n", 6, 1, 0)]);
    }

    #[test]
    fn nesting_is_counted_by_what_a_reader_must_hold() {
        assert_eq!(nesting("let x = 1;"), 0);
        assert_eq!(nesting("if a { b() } else if c { d() } else { e() }"), 1);
        assert_eq!(nesting("match a { B => { c() } D => e() }"), 1);
        assert_eq!(nesting("match a { B => { if c { d() } } _ => {} }"), 2);
        assert_eq!(nesting("for a in b { while c { loop { x.map(|y| { y }) } } }"), 4);
        assert_eq!(nesting("a.map(|x| x.b(|y| y))"), 0);
    }

    #[test]
    fn a_function_inside_starts_again() {
        let found = shapes("fn f() { if a { fn g() { if b {} } } }");
        let seen: Vec<_> = found.iter().map(|f| (f.name.as_str(), f.nesting)).collect();
        assert_eq!(seen, [("f", 1), ("g", 1)]);
    }
}
