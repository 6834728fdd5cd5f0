//! Product files for product officers and shop managers.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use db::Conn;
use organizations::OrganizationId;
use web::{Failure, Form, FormErrors, Outcome, Upload};

use super::queries::{PAGE, may_change, may_see};
use super::{
    ApproveProduct, ChangeProduct, CreateProduct, Filter, Product, ProductId, RetireProduct,
    ReturnProduct, SetPrice, SubmitProduct, forms, queries, views,
};
use crate::{PRODUCT_APPROVE, PRODUCT_CHANGE, PRODUCT_READ, WORDS, photos, reference};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/products", Need::May(&PRODUCT_READ), list)
        .post("/products", Need::May(&PRODUCT_CHANGE), create)
        .get("/products/new", Need::May(&PRODUCT_CHANGE), new)
        .get("/products/{code}/file", Need::May(&PRODUCT_READ), show)
        .get("/products/{code}/edit", Need::May(&PRODUCT_CHANGE), edit)
        .post("/products/{code}/edit", Need::May(&PRODUCT_CHANGE), change)
        .post(
            "/products/{code}/photo",
            Need::May(&PRODUCT_CHANGE),
            add_photo,
        )
        .post(
            "/products/{code}/price",
            Need::May(&PRODUCT_CHANGE),
            set_price,
        )
        .post(
            "/products/{code}/submission",
            Need::May(&PRODUCT_CHANGE),
            submit,
        )
        .post(
            "/products/{code}/approval",
            Need::May(&PRODUCT_APPROVE),
            approve,
        )
        .post(
            "/products/{code}/return",
            Need::May(&PRODUCT_APPROVE),
            send_back,
        )
        .post(
            "/products/{code}/retirement",
            Need::May(&PRODUCT_CHANGE),
            retire,
        )
}

async fn list(ask: Ask, Query(filter): Query<Filter>) -> Outcome {
    let mut products =
        queries::list(&mut ask.read().await?, &ask.viewer, &filter, PAGE + 1).await?;
    let next = (products.len() as i64 > PAGE).then(|| {
        products.truncate(PAGE as usize);
        let state = filter
            .state
            .map(|state| format!("&state={state}"))
            .unwrap_or_default();
        let q: String = url::form_urlencoded::byte_serialize(filter.q.as_bytes()).collect();
        products
            .last()
            .map(|last| format!("/products?q={q}{state}&cursor={}", last.id))
            .unwrap_or_default()
    });
    let may_change = PRODUCT_CHANGE.is_held_by(&ask.viewer);
    let title = ask.page.t(&WORDS, "products-title");
    ask.html(
        &title,
        views::list(&ask.page, &products, &filter, next.as_deref(), may_change),
    )
}

/// A product the viewer may know of.
pub(crate) async fn seen(conn: &mut Conn, ask: &Ask, code: &str) -> Outcome<Product> {
    let product = queries::by_code(conn, code)
        .await?
        .ok_or(Failure::NotFound)?;
    if may_see(&ask.viewer, &product) {
        Ok(product)
    } else {
        Err(Failure::NotFound)
    }
}

/// A product the viewer may write in.
async fn open(ask: &Ask, code: &str) -> Outcome<Product> {
    let product = seen(&mut ask.read().await?, ask, code).await?;
    if may_change(&ask.viewer, &product) {
        Ok(product)
    } else {
        Err(Failure::NotFound)
    }
}

#[derive(serde::Deserialize)]
struct ForMaker {
    #[serde(default)]
    maker: String,
}

async fn new(ask: Ask, Query(for_maker): Query<ForMaker>) -> Outcome {
    let form = Form::prefilled([
        ("maker", for_maker.maker),
        ("sale_unit", "piece".to_owned()),
    ]);
    let view = edit_view(&ask, None, &form, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "product-new-title"), view)
}

async fn create(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let handle = read.text("maker", 20);
    let facts = forms::facts(&mut read);
    let maker = match &handle {
        Some(handle) => contacts::by_handle(&mut ask.read().await?, handle).await?,
        None => None,
    };
    if handle.is_some() && maker.is_none() {
        read.wrong::<()>("maker", ask.page.t(&WORDS, "maker-unknown"));
    }
    let mut errors = read.errors;
    let is_asking = form.raw("act") == "price";
    if let (Some(facts), Some(maker), false) = (facts, maker, is_asking) {
        let organization_id = ask
            .viewer
            .bodies_as(PRODUCT_CHANGE.roles)
            .first()
            .map(|body| OrganizationId::new(*body));
        let command = CreateProduct {
            id: ProductId::new(form.key()?),
            contact_id: maker.id,
            organization_id,
            facts,
        };
        if let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            let product = queries::get_product(&mut ask.read().await?, id).await?;
            return ask.see_with(file(&product), &ask.page.t(&WORDS, "product-created"));
        }
    }
    let view = edit_view(&ask, None, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "product-new-title"), view)
}

async fn edit(ask: Ask, Path(code): Path<String>) -> Outcome {
    let product = open(&ask, &code).await?;
    let view = edit_view(
        &ask,
        Some(&product),
        &forms::of(&product),
        &FormErrors::default(),
    )
    .await?;
    ask.html(product.name(ask.lang()), view)
}

async fn change(ask: Ask, Path(code): Path<String>, form: Form) -> Outcome {
    let product = open(&ask, &code).await?;
    let mut read = form.read(&ask.page);
    let facts = forms::facts(&mut read);
    let mut errors = read.errors;
    if let (Some(facts), false) = (facts, form.raw("act") == "price") {
        let command = ChangeProduct {
            id: product.id,
            facts,
            version: None,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with(file(&product), &ask.page.t(&WORDS, "product-changed"));
        }
    }
    let view = edit_view(&ask, Some(&product), &form, &errors).await?;
    ask.again(product.name(ask.lang()), view)
}

async fn edit_view(
    ask: &Ask,
    product: Option<&Product>,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<maud::Markup> {
    let mut conn = ask.read().await?;
    let day = ask.now().date();
    let lists = views::Lists {
        categories: reference::categories(&mut conn, day).await?,
        tax_classes: reference::tax_classes(&mut conn).await?,
        tax_rates: reference::tax_rates(&mut conn, day).await?,
    };
    Ok(views::edit(&ask.page, product, &lists, form, errors))
}

async fn show(ask: Ask, Path(code): Path<String>) -> Outcome {
    let product = seen(&mut ask.read().await?, &ask, &code).await?;
    file_page(&ask, &product, &FormErrors::default()).await
}

/// The file with what can be done now; with errors it is the answer to a refused act.
async fn file_page(ask: &Ask, product: &Product, errors: &FormErrors) -> Outcome {
    let mut conn = ask.read().await?;
    let maker = contacts::get(&mut conn, product.contact_id).await?;
    let prices = queries::prices(&mut conn, product.id).await?;
    let events = queries::events(&mut conn, product.id).await?;
    let category = match &product.category_code {
        Some(code) => reference::category(&mut conn, code).await?,
        None => None,
    };
    let may = views::May {
        change: may_change(&ask.viewer, product) && PRODUCT_CHANGE.is_held_by(&ask.viewer),
        approve: PRODUCT_APPROVE.is_held_by(&ask.viewer),
        is_own_hand: match ask.viewer.user_id() {
            Some(user) => queries::is_writer(&mut conn, product.id, user).await?,
            None => false,
        },
    };
    drop(conn);
    ask.seen(
        "product",
        Some(product.id.get()),
        vec![product.contact_id.get()],
    )
    .await?;
    let file = views::File {
        product,
        maker: &maker,
        maker_name: maker.name_for(&ask.viewer),
        category: category.as_ref(),
        prices: &prices,
        events: &events,
    };
    let view = views::show(&ask.page, &file, &may, errors);
    match errors.is_empty() {
        true => ask.html(product.name(ask.lang()), view),
        false => ask.again(product.name(ask.lang()), view),
    }
}

fn file(product: &Product) -> String {
    format!("/products/{}/file", product.code)
}

async fn add_photo(ask: Ask, Path(code): Path<String>, upload: Upload) -> Outcome {
    let product = open(&ask, &code).await?;
    let mut errors = FormErrors::default();
    match photos::ready(&upload, "photo").await? {
        Err(key) => errors.push("photo", ask.page.t(&WORDS, key)),
        Ok(photo) => {
            let command =
                photos::AddPhoto::new(photos::PhotoId::new(upload.form.key()?), product.id, photo);
            if ask
                .refused(ask.write(command).await, &mut errors)?
                .is_some()
            {
                return ask.see_with(file(&product), &ask.page.t(&WORDS, "product-photo-added"));
            }
        }
    }
    file_page(&ask, &product, &errors).await
}

async fn set_price(ask: Ask, Path(code): Path<String>, form: Form) -> Outcome {
    let product = open(&ask, &code).await?;
    let mut read = form.read(&ask.page);
    let price = read.toman("price");
    let mut errors = read.errors;
    if let Some(price) = price {
        let command = SetPrice {
            id: product.id,
            price,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with(file(&product), &ask.page.t(&WORDS, "product-price-set"));
        }
    }
    file_page(&ask, &product, &errors).await
}

async fn submit(ask: Ask, Path(code): Path<String>, form: Form) -> Outcome {
    let product = open(&ask, &code).await?;
    let command = SubmitProduct { id: product.id };
    moved(&ask, &form, &product, command, "product-submitted").await
}

async fn approve(ask: Ask, Path(code): Path<String>, form: Form) -> Outcome {
    let product = open(&ask, &code).await?;
    let command = ApproveProduct { id: product.id };
    moved(&ask, &form, &product, command, "product-approved").await
}

async fn send_back(ask: Ask, Path(code): Path<String>, form: Form) -> Outcome {
    let product = open(&ask, &code).await?;
    let mut read = form.read(&ask.page);
    match read.text("reason", 500) {
        Some(reason) => {
            let command = ReturnProduct {
                id: product.id,
                reason,
            };
            moved(&ask, &form, &product, command, "product-returned").await
        }
        None => file_page(&ask, &product, &read.errors).await,
    }
}

async fn retire(ask: Ask, Path(code): Path<String>, form: Form) -> Outcome {
    let product = open(&ask, &code).await?;
    let command = RetireProduct {
        id: product.id,
        reason: String::new(),
    };
    moved(&ask, &form, &product, command, "product-retired").await
}

async fn moved<W: db::Write>(
    ask: &Ask,
    form: &Form,
    product: &Product,
    command: W,
    done: &str,
) -> Outcome {
    let mut errors = FormErrors::default();
    match ask.refused(ask.post(form, command).await, &mut errors)? {
        Some(_) => ask.see_with(file(product), &ask.page.t(&WORDS, done)),
        None => file_page(ask, product, &errors).await,
    }
}
