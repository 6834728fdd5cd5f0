//! The one derive of `db`: a struct whose fields are columns.

use proc_macro::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, parse_macro_input};

/// Implements `db::FromRow` for a struct with named fields: each field is read from the column
/// of its name.
#[proc_macro_derive(FromRow)]
pub fn from_row(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let name = &input.ident;
    let Data::Struct(data) = &input.data else {
        return error(&input, "FromRow is for structs");
    };
    let Fields::Named(fields) = &data.fields else {
        return error(&input, "FromRow needs named fields");
    };
    let reads = fields
        .named
        .iter()
        .filter_map(|field| field.ident.as_ref())
        .map(|ident| {
            let column = ident.to_string();
            quote! { #ident: row.get(#column)? }
        });
    quote! {
        impl ::db::FromRow for #name {
            fn from_row(row: &::db::Row) -> ::db::Result<Self> {
                ::std::result::Result::Ok(Self { #(#reads),* })
            }
        }
    }
    .into()
}

fn error(input: &DeriveInput, text: &str) -> TokenStream {
    syn::Error::new_spanned(&input.ident, text)
        .to_compile_error()
        .into()
}
