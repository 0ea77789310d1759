//! Tokens -> text.

mod layout;

use proc_macro2::TokenStream;

/// Formats tokens as a source file.
///
/// # Errors
///
/// When the tokens are not Rust; the text says where. Emission never makes such tokens, so this is a bug of Envoi's.
pub fn print(tokens: TokenStream) -> Result<String, String> {
    match syn::parse2::<syn::File>(tokens) {
        Ok(mut file) => {
            layout::sort_imports(&mut file.items);
            let text = prettyplease::unparse(&file);
            Ok(layout::spaced(&layout::rebroken(&text)))
        }
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::print;

    #[test]
    fn items_stand_apart() {
        let text = print(quote! {
            use a::B;
            use c::D;
            pub struct E { pub f: B }
            impl E {
                fn g(&self) { if true { self.h(); } self.h(); }
                fn h(&self) {}
            }
        });
        let expected = "use a::B;\nuse c::D;\n\npub struct E {\n    pub f: B,\n}\n\nimpl E {\n    fn g(&self) {\n        \
             if true {\n            self.h();\n        }\n        self.h();\n    }\n\n    fn h(&self) {}\n}\n";
        assert_eq!(text.as_deref(), Ok(expected));
    }

    #[test]
    fn tokens_that_are_not_rust_are_an_error() {
        assert!(print(quote!(fn fn)).is_err());
    }
}
