//! Results that come in pages: the inputs and members that say so.

use super::fields::Planned;
use super::{Definition, Pages, Structure, Type};
use crate::api::Operation;

/// How results come in pages, if the document shows all that it takes: an optional text for the token of a page, and in the
/// reply the token of the next one and the list of results.
pub(super) fn plan(
    operation: &Operation,
    inputs: &[Planned<'_>],
    definitions: &[Definition],
    response: &Type,
) -> Option<Pages> {
    let pages = operation.pages.as_ref()?;
    let (token, results) = (pages.token.as_ref()?, pages.results.as_ref()?);
    let text = Type::Option(Box::new(Type::String));
    let input = inputs
        .iter()
        .find(|input| input.input.name == *token && !input.required && input.field().ty == text)?;
    let record = definitions
        .iter()
        .find(|definition| *response == Type::Named(definition.ident.clone()))?;
    let Structure::Record(members, _) = &record.structure else {
        return None;
    };
    let member = |wire: &String| members.iter().find(|member| member.wire == *wire);
    let token = member(token).filter(|member| member.ty == text)?;
    let results = member(results)?;
    let (list, may_lack_results) = match &results.ty {
        Type::Option(list) => (&**list, true),
        list => (list, false),
    };
    let Type::Vec(item) = list else {
        return None;
    };
    Some(Pages {
        input: input.field().ident,
        token: token.ident.clone(),
        results: results.ident.clone(),
        may_lack_results,
        item: (**item).clone(),
    })
}
