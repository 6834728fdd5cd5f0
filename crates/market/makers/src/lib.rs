#![doc = include_str!("../README.md")]

pub mod awards;
pub mod businesses;
mod checks;
pub mod levels;
pub mod licences;
pub mod photos;
pub mod pricing;
pub mod products;
pub mod reference;
pub mod registration;
pub mod stories;

pub use businesses::{BusinessId, BusinessState, HomeBusiness, OpenBusiness, WorkMode};
pub use checks::checks;
pub use licences::{Licence, LicenceId, LicenceKind, RecordLicence};
pub use photos::{AddPhoto, PhotoId};
pub use products::{
    ApproveProduct, ChangeProduct, CreateProduct, Product, ProductFacts, ProductId, ProductState,
    RetireProduct, ReturnProduct, SaleUnit, SetPrice, SubmitProduct, get_product, is_for_sale,
    unsellable,
};
pub use registration::RegisterMaker;

use access::{NavEntry, Need, Permission, Role, Room};

// words: nav-* reason-*
web::words!();

/// Sees product files and makers' businesses.
pub const PRODUCT_READ: Permission = Permission::new(
    "product.read",
    &[Role::ProductOfficer, Role::ShopManager, Role::ShopClerk],
);
/// Enters and corrects product files, businesses and licences.
pub const PRODUCT_CHANGE: Permission =
    Permission::new("product.change", &[Role::ProductOfficer, Role::ShopManager]);
/// Approves products for sale, sends them back, takes approval away.
pub const PRODUCT_APPROVE: Permission = Permission::new("product.approve", &[Role::ProductOfficer]);
/// Sees the winners' names and lets a year's list of awards stand.
pub const AWARD_SETTLE: Permission = Permission::new("award.settle", &[Role::ProductOfficer]);

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "makers",
        words: &WORDS,
        routes: products::pages::routes()
            .merge(products::mine::routes())
            .merge(products::public::routes())
            .merge(products::api::routes())
            .merge(businesses::pages::routes())
            .merge(businesses::api::routes())
            .merge(registration::pages::routes())
            .merge(stories::pages::routes())
            .merge(stories::api::routes())
            .merge(levels::pages::routes())
            .merge(levels::api::routes())
            .merge(awards::pages::routes())
            .merge(awards::api::routes()),
        nav: vec![
            NavEntry {
                key: "nav-products",
                href: "/products",
                need: Need::May(&PRODUCT_READ),
                order: 40,
            },
            NavEntry {
                key: "nav-my-products",
                href: "/my/products",
                need: Need::Person,
                order: 30,
            },
            NavEntry {
                key: "nav-awards",
                href: "/awards/review",
                need: Need::May(&AWARD_SETTLE),
                order: 42,
            },
        ],
        permissions: vec![
            &PRODUCT_READ,
            &PRODUCT_CHANGE,
            &PRODUCT_APPROVE,
            &AWARD_SETTLE,
        ],
        reasons: vec![
            &businesses::BUSINESS_OPEN,
            &businesses::BUSINESS_FIELD,
            &registration::MAKER_FIELD,
            &registration::MAKER_CONSENT,
            &licences::LICENCE_FIELD,
            &products::PRODUCT_FIELD,
            &licences::LICENCE_KNOWN,
            &licences::LICENCE_PERIOD,
            &licences::LICENCE_ISSUER,
            &photos::PHOTO_TOO_LATE,
            &products::PRODUCT_INCOMPLETE,
            &products::SAME_HAND,
            &products::PRODUCT_STATE,
            &products::NO_HYGIENE_LICENCE,
            &products::CATEGORY_UNKNOWN,
            &stories::texts::STORY_NO_CONSENT,
            &stories::texts::STORY_ENDED,
            &stories::texts::STORY_TEXT,
            &levels::HELP_SELF,
            &levels::HELP_TEXT,
            &awards::AWARD_YEAR,
            &awards::AWARD_SETTLED,
        ],
        jobs: vec![],
    }
}

#[cfg(test)]
mod tests;
